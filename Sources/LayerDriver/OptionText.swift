/// Values among the options of a mount.
enum OptionText {
    /// Puts a backslash before bytes that would end the value, and before backslashes.
    static func escaped(_ path: [UInt8], _ special: Set<UInt8>) -> [UInt8] {
        let backslash = UInt8(ascii: "\\")
        return path.flatMap { byte in byte == backslash || special.contains(byte) ? [backslash, byte] : [byte] }
    }

    /// Takes a list of options apart at each comma that no backslash stands before, and the backslashes away.
    static func split(_ options: [UInt8]) -> [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        var rest = options[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: ",") {
                parts.append([])
            } else if byte == UInt8(ascii: "\\"), let next = rest.popFirst() {
                parts[parts.count - 1].append(next)
            } else {
                parts[parts.count - 1].append(byte)
            }
        }
        return parts
    }

    /// The longest value that `fsconfig(2)` takes, in bytes without its NUL.
    static let valueByteLimit = 255

    /// Whether a path means itself wherever options are read: no escape is needed, and it fits into one value of `fsconfig(2)`.
    static func isPlain(_ path: [UInt8]) -> Bool {
        path.count <= 255
            && !path.contains { byte in
                byte <= 0x20 || byte >= 0x7F
                    || [UInt8(ascii: "\\"), UInt8(ascii: ","), UInt8(ascii: ":")].contains(byte)
            }
    }
}
