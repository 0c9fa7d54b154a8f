import LayerSystem

/// Compares the bytes of two files.
enum FileComparison {
    /// Whether two files begin with the same bytes.
    ///
    /// - Parameters:
    ///   - left: One file.
    ///   - right: The other.
    ///   - byteCount: How many bytes are compared; both files are at least as long.
    /// - Returns: Whether all are equal.
    /// - Throws: `SystemError`.
    static func isEqual(_ left: File, _ right: File, byteCount: Int64) throws -> Bool {
        let left = FileRangeSource(file: left, offset: 0, byteCount: byteCount)
        let right = FileRangeSource(file: right, offset: 0, byteCount: byteCount)
        while true {
            let chunk = try left.nextChunk()
            // Both read in pieces of the same lengths.
            guard try right.nextChunk().elementsEqual(chunk) else { return false }
            if chunk.isEmpty { return true }
        }
    }
}
