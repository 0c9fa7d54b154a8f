/// Values among the options of a mount.
enum OptionText {
    /// Puts a backslash before bytes that would end the value, and before backslashes.
    static func escaped(_ path: [UInt8], _ special: Set<UInt8>) -> [UInt8] {
        let backslash = UInt8(ascii: "\\")
        return path.flatMap { byte in byte == backslash || special.contains(byte) ? [backslash, byte] : [byte] }
    }

    /// Whether a path means itself wherever options are read: no escape is needed, and it fits into one value of `fsconfig(2)`.
    ///
    /// Source: man 2 fsconfig: a value has at most 256 bytes with its NUL.
    static func isPlain(_ path: [UInt8]) -> Bool {
        path.count <= 255
            && !path.contains { byte in
                byte <= 0x20 || byte >= 0x7F
                    || [UInt8(ascii: "\\"), UInt8(ascii: ","), UInt8(ascii: ":")].contains(byte)
            }
    }
}
