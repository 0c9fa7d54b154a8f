/// Bytes at hand, read at any place: beyond both ends stand zeros.
struct ByteWindow {
    let bytes: UnsafeBufferPointer<UInt8>

    /// How many there are.
    var count: Int { bytes.count }

    /// The byte at a place.
    subscript(place: Int) -> UInt8 { place >= 0 && place < bytes.count ? bytes[place] : 0 }

    /// The bytes of a range that may reach beyond the end.
    func slice(_ range: Range<Int>) -> [UInt8] { Array(bytes[range.clamped(to: 0..<bytes.count)]) }

    /// Where a run of bytes of one set ends.
    ///
    /// - Parameters:
    ///   - set: The bytes.
    ///   - start: Where the run begins.
    ///   - limit: The most bytes that are looked at.
    /// - Returns: The place behind the run.
    func end(of set: ByteSet, from start: Int, limit: Int = .max) -> Int {
        var place = start
        let end = limit < bytes.count - start ? start + limit : bytes.count
        while place < end, set.contains(bytes[place]) { place += 1 }
        return place
    }

    /// Whether a text stands at a place.
    func has(_ text: StaticString, at place: Int) -> Bool {
        guard place >= 0, place + text.utf8CodeUnitCount <= bytes.count else { return false }
        return text.withUTF8Buffer { text in
            for index in text.indices where bytes[place + index] != text[index] { return false }
            return true
        }
    }

    /// Where a text first stands in a range.
    func first(_ text: StaticString, in range: Range<Int>) -> Int? {
        range.clamped(to: 0..<bytes.count).first { has(text, at: $0) }
    }
}
