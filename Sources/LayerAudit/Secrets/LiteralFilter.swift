/// Finds where any of many literals may begin, at a fraction of a comparison a byte.
///
/// Of each literal the first four bytes count. Text is looked at in every second place, three bytes at once: whichever place a literal
/// begins at, bytes 0 to 2 or bytes 1 to 3 of it are looked at. Their hash is asked in a bitmap of 8 KiB, which stays in the first cache;
/// what it lets through is looked up by all four bytes.
struct LiteralFilter: Sendable {
    /// How many bytes of a literal count.
    static let byteCount = 4

    private var bitmap = [UInt64](repeating: 0, count: 1024)
    /// The literals by their first four bytes, little-endian.
    private var numbers: [UInt32: [Int]] = [:]

    /// Prepares to look for literals, each of four bytes at least.
    init(_ literals: [[UInt8]]) {
        for (number, literal) in literals.enumerated() {
            let word = literal.prefix(Self.byteCount).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            numbers[word, default: []].append(number)
            for part in [word, word >> 8] {
                let hash = Self.hash(part)
                bitmap[Int(hash >> 6)] |= 1 << UInt64(hash & 63)
            }
        }
    }

    private static func hash(_ word: UInt32) -> UInt32 { ((word & 0xFF_FFFF) &* 0x9E37_79B1) &>> 16 }

    /// Gives every place in a range where a literal's first four bytes stand.
    ///
    /// - Parameters:
    ///   - bytes: The bytes, also those behind the range.
    ///   - range: Where literals may begin.
    ///   - body: Gets the place and the numbers of the literals that may stand there; false ends the search.
    func search(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>, _ body: (Int, [Int]) -> Bool) {
        guard let base = bytes.baseAddress else { return }
        // The loop reads four bytes from the place behind the last one, so that the last places are left to the second loop.
        let end = max(range.lowerBound, min(range.upperBound, bytes.count - Self.byteCount - 1))
        let isStopped = bitmap.withUnsafeBufferPointer { bitmap in
            var place = range.lowerBound
            while place <= end, place + Self.byteCount <= bytes.count {
                let word = UInt32(littleEndian: base.loadUnaligned(fromByteOffset: place, as: UInt32.self))
                let hash = Self.hash(word)
                if bitmap[Int(truncatingIfNeeded: hash &>> 6)] &>> UInt64(hash & 63) & 1 != 0 {
                    if place > range.lowerBound, !visit(base, place - 1, body) { return true }
                    if place < end, !visit(base, place, body) { return true }
                }
                place &+= 2
            }
            return false
        }
        guard !isStopped else { return }
        let last = min(range.upperBound, bytes.count - Self.byteCount + 1)
        for place in end..<max(end, last) where !visit(base, place, body) { return }
    }

    private func visit(_ base: UnsafeRawPointer, _ place: Int, _ body: (Int, [Int]) -> Bool) -> Bool {
        let word = UInt32(littleEndian: base.loadUnaligned(fromByteOffset: place, as: UInt32.self))
        guard let found = numbers[word] else { return true }
        return body(place, found)
    }
}
