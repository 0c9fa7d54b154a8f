/// Gives headers in a tar their right checksums again, so that an input goes deeper than the first look at it.
enum TarMending {
    private static let blockByteCount = 512

    /// Mends each block that looks like a header.
    ///
    /// - Parameter bytes: A tar, or anything else.
    /// - Returns: The same with good checksums.
    static func mended(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        var start = 0
        while start + blockByteCount <= bytes.count {
            if bytes[start..<start + 100].contains(where: { $0 != 0 }), bytes[start + 257] == UInt8(ascii: "u") {
                mend(&bytes, at: start)
            }
            start += blockByteCount
        }
        return bytes
    }

    private static func mend(_ bytes: inout [UInt8], at start: Int) {
        let field = start + 148..<start + 156
        bytes.replaceSubrange(field, with: repeatElement(UInt8(ascii: " "), count: 8))
        let sum = bytes[start..<start + blockByteCount].reduce(0) { $0 + Int($1) }
        let digits = Array(String(sum, radix: 8).utf8)
        let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: 6 - digits.count)
        bytes.replaceSubrange(field, with: zeros + digits + [0, UInt8(ascii: " ")])
    }
}
