/// A set of bytes, asked by a shift.
struct ByteSet: Sendable {
    static let digits = ByteSet("0123456789")
    static let upper = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    static let lower = ByteSet("abcdefghijklmnopqrstuvwxyz")
    static let letters = upper.union(lower)
    static let alphanumeric = letters.union(digits)
    static let base64 = alphanumeric.union(ByteSet("+/"))
    static let base64URL = alphanumeric.union(ByteSet("-_"))
    static let base32 = upper.union(ByteSet("234567"))
    static let blanks = ByteSet(" \t\r\n")

    private var words: (UInt64, UInt64) = (0, 0)

    /// Makes a set of characters of ASCII.
    init(_ characters: StaticString) {
        characters.withUTF8Buffer { for byte in $0 { insert(byte) } }
    }

    /// Whether a byte is in the set.
    func contains(_ byte: UInt8) -> Bool {
        let word = byte & 64 == 0 ? words.0 : words.1
        return byte < 128 && word &>> UInt64(byte & 63) & 1 != 0
    }

    /// What is in one set or the other.
    func union(_ other: ByteSet) -> ByteSet {
        var all = self
        all.words.0 |= other.words.0
        all.words.1 |= other.words.1
        return all
    }

    private mutating func insert(_ byte: UInt8) {
        if byte & 64 == 0 { words.0 |= 1 << UInt64(byte & 63) } else { words.1 |= 1 << UInt64(byte & 63) }
    }
}
