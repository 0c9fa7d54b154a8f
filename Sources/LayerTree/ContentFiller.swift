import LayerArchive
import LayerModel
import LayerSystem

/// Gives files their content, one after the other, and computes the digest of each.
struct ContentFiller: ~Copyable {
    private var hasher = FileHasher()
    private var end: Int64 = 0

    /// Begins a file.
    mutating func begin() {
        hasher.reset()
        end = 0
    }

    /// Takes the next bytes; what lies between them and the last ones becomes a hole.
    ///
    /// - Parameters:
    ///   - chunk: The bytes.
    ///   - offset: Where in the file they stand.
    ///   - file: Where to write them; nil when the file has them already.
    /// - Throws: `SystemError` of `pwrite`.
    mutating func take(_ chunk: UnsafeRawBufferPointer, at offset: Int64, for file: FileDescriptor?) throws(SystemError)
    {
        hasher.skip(offset - end)
        hasher.update(chunk)
        try file?.writeAll(chunk, at: offset)
        end = offset + Int64(chunk.count)
    }

    /// Ends the file.
    ///
    /// - Parameters:
    ///   - byteCount: Its length: what no chunk came for is a hole at its end.
    ///   - file: The file; nil when it has its content already.
    /// - Returns: The digest of its content.
    /// - Throws: `SystemError` of `ftruncate`.
    mutating func finish(byteCount: Int64, of file: FileDescriptor?) throws(SystemError) -> ContentDigest {
        if end < byteCount {
            hasher.skip(byteCount - end)
            try file?.setByteCount(byteCount)
        }
        return hasher.finish()
    }
}
