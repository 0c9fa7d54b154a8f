/// How secrets are judged and shown.
enum SecretText {
    private static let shownByteCount = 4
    /// Of a shorter secret four characters would be too much.
    private static let shownFromByteCount = 16

    /// A secret as it may be shown: its first four characters and its length, of a short one the length alone.
    static func masked(_ secret: some Collection<UInt8>) -> String {
        let isLong = secret.count >= shownFromByteCount
        let head = isLong ? secret.prefix(shownByteCount).map { $0 > 0x20 && $0 < 0x7F ? $0 : UInt8(ascii: "?") } : []
        let length = secret.count == 1 ? "1 character" : "\(secret.count) characters"
        return String(decoding: head, as: UTF8.self) + "**** (\(length))"
    }

    /// How many bits each byte of a text is worth by how often it is there.
    static func entropy(_ text: some Collection<UInt8>) -> Double {
        var counts = [Int](repeating: 0, count: 256)
        for byte in text { counts[Int(byte)] += 1 }
        // Sums of logarithms of small counts: a table of them is the whole of the mathematics that is needed.
        let total = text.count
        guard total > 0 else { return 0 }
        let sum = counts.reduce(0.0) { $0 + ($1 > 0 ? Double($1) * binaryLogarithm($1) : 0) }
        return binaryLogarithm(total) - sum / Double(total)
    }

    /// Whether a text is what documents have in a secret's place.
    static func isPlaceholder(_ text: some Collection<UInt8>) -> Bool {
        let lower = text.map { ByteSet.upper.contains($0) ? $0 | 0x20 : $0 }
        return fillers.contains { filler in
            guard lower.count >= filler.count else { return false }
            return (0...(lower.count - filler.count)).contains { lower[$0...].starts(with: filler) }
        }
    }

    private static let fillers = [
        "example", "xxxx", "aaaaa", "00000", "12345678", "abcdefgh", "sample", "dummy", "....",
    ]
    .map { Array($0.utf8) }

    /// The logarithm of a positive number, right to about 1e-9.
    private static func binaryLogarithm(_ number: Int) -> Double {
        let value = Double(number)
        var fraction = value.significand
        var result = Double(value.exponent)
        var bit = 0.5
        while bit > 1e-9 {
            fraction *= fraction
            if fraction >= 2 {
                fraction /= 2
                result += bit
            }
            bit /= 2
        }
        return result
    }
}
