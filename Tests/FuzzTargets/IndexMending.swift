import LayerArchive

/// Gives a layer index its right checksums again: they are the first thing that a reader looks at.
enum IndexMending {
    // As drawn at `IndexFormat`, which nobody outside of its module sees.
    private static let rowByteCount = 48
    private static let trailerByteCount = 40

    /// Mends the trailer and each row of the table that fits the file.
    ///
    /// - Parameter bytes: An index, or anything else.
    /// - Returns: The same with good checksums.
    static func mended(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count >= trailerByteCount else { return bytes }
        var bytes = bytes
        let trailer = bytes.count - trailerByteCount
        bytes.replaceSubrange(trailer..<trailer + 12, with: Array("LAYERIDX".utf8) + [1, 0, 0, 0])
        // As many rows as the trailer says, or as many as there can be.
        let count = min(Int(bytes[trailer + 12]) & 15, trailer / rowByteCount)
        let table = trailer - count * rowByteCount
        write(UInt64(count), byteCount: 4, to: &bytes, at: trailer + 12)
        write(UInt64(table), byteCount: 8, to: &bytes, at: trailer + 16)
        for row in stride(from: table, to: trailer, by: rowByteCount) { mendRow(&bytes, at: row, end: table) }
        let checksum = digest(of: bytes[table..<trailer])
        bytes.replaceSubrange(trailer + 24..<trailer + 40, with: checksum)
        return bytes
    }

    private static func mendRow(_ bytes: inout [UInt8], at row: Int, end: Int) {
        let (offset, stored) = (read(bytes, at: row + 8), read(bytes, at: row + 16))
        guard offset <= UInt64(end), stored <= UInt64(end) - offset else { return }
        let checksum = digest(of: bytes[Int(offset)..<Int(offset + stored)])
        bytes.replaceSubrange(row + 32..<row + 48, with: checksum)
    }

    private static func read(_ bytes: [UInt8], at place: Int) -> UInt64 {
        bytes[place..<place + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func write(_ number: UInt64, byteCount: Int, to bytes: inout [UInt8], at place: Int) {
        for index in 0..<byteCount { bytes[place + index] = UInt8(truncatingIfNeeded: number >> (8 * UInt64(index))) }
    }

    private static func digest(of bytes: ArraySlice<UInt8>) -> [UInt8] {
        bytes.withUnsafeBytes { ContentHasher.digest(of: $0) }.bytes
    }
}
