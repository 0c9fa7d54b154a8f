import LayerModel

/// Texts that stand one behind the other, each with a NUL behind it.
struct IndexTexts {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    /// Reads from bytes that outlive the reader.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// How many bytes the texts and their NULs have.
    var byteCount: Int { bytes.count }

    /// Where the next text stands.
    mutating func next() throws(TreeError) -> Range<Int> {
        try nextText().place
    }

    /// Where the next name stands, and whether it can stand in a directory; it goes to system calls as it is.
    mutating func nextName() throws(TreeError) -> (place: Range<Int>, isComponent: Bool) {
        let (place, hasSlash) = try nextText()
        return (place, !hasSlash && !place.isEmpty && place.count <= LayerPath.componentByteLimit && !isDots(place))
    }

    /// Finds the next NUL, and whether a slash stands before it, eight bytes in one step.
    private mutating func nextText() throws(TreeError) -> (place: Range<Int>, hasSlash: Bool) {
        let start = position
        let raw = UnsafeRawBufferPointer(bytes)
        var hasSlash = false
        while position <= raw.count - ByteWord.byteCount {
            let word = ByteWord(raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let zero = word.firstPlace(of: 0)
            hasSlash = hasSlash || word.firstPlace(of: UInt8(ascii: "/")) < zero
            position += zero
            if zero < ByteWord.byteCount { return (take(start), hasSlash) }
        }
        while position < raw.count {
            if raw[position] == 0 { return (take(start), hasSlash) }
            hasSlash = hasSlash || raw[position] == UInt8(ascii: "/")
            position += 1
        }
        throw .damagedIndex("names are missing")
    }

    /// Steps behind the NUL at the position.
    private mutating func take(_ start: Int) -> Range<Int> {
        defer { position += 1 }
        return start..<position
    }

    private func isDots(_ name: Range<Int>) -> Bool {
        let dot = UInt8(ascii: ".")
        return name.count <= 2 && bytes[name.lowerBound] == dot && bytes[name.upperBound - 1] == dot
    }

    /// Whether one name stands before another in the order of their bytes.
    func areOrdered(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
        UnsafeBufferPointer(rebasing: bytes[first])
            .lexicographicallyPrecedes(UnsafeBufferPointer(rebasing: bytes[second]))
    }
}

/// Eight bytes that are looked at together.
private struct ByteWord {
    static let byteCount = 8
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    private let word: UInt64

    init(_ word: UInt64) {
        self.word = UInt64(littleEndian: word)
    }

    /// Where a byte stands first; 8 where it does not.
    ///
    /// Source: "Determine if a word has a zero byte", Bit Twiddling Hacks: the lowest bit that is set is exact.
    func firstPlace(of byte: UInt8) -> Int {
        let difference = word ^ (Self.ones &* UInt64(byte))
        return ((difference &- Self.ones) & ~difference & Self.highBits).trailingZeroBitCount / 8
    }
}
