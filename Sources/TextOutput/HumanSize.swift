/// Sizes as Docker prints and reads them.
///
/// Source: docker/go-units `size.go`.
package enum HumanSize {
    private static let units = ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"]
    private static let binaryPrefixes = Array("kmgtp".utf8)

    /// A size in decimal units (1 kB is 1000 B), without a space before the unit.
    ///
    /// The number is Go's `%.3g`, so that 999,500 to 999,999 bytes are `1e+03kB`: Docker prints that, and tables are
    /// compared.
    ///
    /// - Parameters:
    ///   - byteCount: The size in bytes.
    ///   - significantDigits: 3 in tables of images and layers, 4 for volumes and for what was pruned.
    /// - Returns: The number with its unit.
    package static func text(_ byteCount: Int64, significantDigits: Int = 3) -> String {
        // The division is repeated, not done once by a power, to round where go-units rounds.
        var size = Double(byteCount)
        var unit = 0
        while size >= 1000, unit + 1 < units.count {
            size /= 1000
            unit += 1
        }
        return GeneralNumber.text(size, significantDigits: significantDigits) + units[unit]
    }

    /// Reads a size that a user gave: a decimal number with an optional unit.
    ///
    /// Units are binary (`k` is 1024 bytes) and their case does not matter: `b`, or `k`, `m`, `g`, `t`, `p`, each also
    /// followed by `b` or `ib`. One space may stand before the unit. A fraction of a byte is dropped.
    ///
    /// - Parameter text: The size, as in `64m` or `1.5 GiB`.
    /// - Returns: The size in bytes, or nil when the text is no size or more than 64 bits hold.
    package static func parse(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        let numberEnd = bytes.firstIndex { !isDigit($0) && $0 != UInt8(ascii: ".") } ?? bytes.count
        guard let last = bytes[..<numberEnd].last, isDigit(last), isDigit(bytes[0]),
            let number = Double(String(decoding: bytes[..<numberEnd], as: UTF8.self))
        else { return nil }
        var suffix = bytes[numberEnd...].map { (65...90).contains($0) ? $0 + 32 : $0 }
        if suffix.first == UInt8(ascii: " ") { suffix.removeFirst() }
        guard let factor = factor(of: suffix) else { return nil }
        return Int64(exactly: (number * factor).rounded(.down))
    }

    private static func factor(of suffix: [UInt8]) -> Double? {
        switch String(decoding: suffix, as: UTF8.self) {
        case "", "b": return 1
        default:
            guard let place = binaryPrefixes.firstIndex(of: suffix[0]) else { return nil }
            guard ["", "b", "ib"].contains(String(decoding: suffix.dropFirst(), as: UTF8.self)) else { return nil }
            return Double(1 << (10 * (place + 1)))
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
