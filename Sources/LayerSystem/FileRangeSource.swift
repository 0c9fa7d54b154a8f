internal import LayerModel

/// A range of a file as a source of bytes; several may read one file at once.
///
/// After a skip only a small piece is read, and twice as much with every further one, so that who looks at headers alone and skips the
/// bodies reads little, and who reads on soon reads in large pieces.
@safe
package final class FileRangeSource: ByteSource {
    private let file: File
    private let end: Int64
    private var offset: Int64
    private let buffer: UnsafeMutableRawBufferPointer
    private let chunkByteCount: Int
    private let probeByteCount: Int
    private var nextByteCount: Int

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - file: A regular file.
    ///   - offset: Where the range begins, in bytes.
    ///   - byteCount: Its length; the file ends no earlier, or reading fails.
    ///   - chunkByteCount: The most that is read at once.
    ///   - probeByteCount: What is read first, and after a skip.
    package init(
        file: File,
        offset: Int64,
        byteCount: Int64,
        chunkByteCount: Int = 256 << 10,
        probeByteCount: Int = 16 << 10
    ) {
        self.file = file
        self.offset = offset
        self.end = offset + byteCount
        // Most files are small, and memory for the few that are not would be mapped and given back for each of them.
        self.chunkByteCount = Int(min(Int64(chunkByteCount), max(byteCount, 1)))
        self.probeByteCount = min(probeByteCount, self.chunkByteCount)
        nextByteCount = self.probeByteCount
        unsafe buffer = .allocate(byteCount: self.chunkByteCount, alignment: 16)
    }

    deinit {
        unsafe buffer.deallocate()
    }

    /// Reads the next bytes of the range.
    package func nextChunk() throws -> UnsafeRawBufferPointer {
        // A probe that ended at the end of a page would cost less for each, and a fourth more of them in a layer of small files.
        let wanted = Int(min(Int64(nextByteCount), end - offset))
        guard wanted > 0 else { return unsafe UnsafeRawBufferPointer(start: nil, count: 0) }
        let target = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
        let count = try unsafe file.read(into: target, at: offset)
        guard count == wanted else {
            throw SystemError(call: "read", subject: file.label, code: SystemError.endsEarlyCode)
        }
        offset += Int64(count)
        nextByteCount = min(nextByteCount * 2, chunkByteCount)
        return UnsafeRawBufferPointer(target)
    }

    /// Passes over bytes of the range without reading them.
    package func skip(_ byteCount: Int64) throws -> Int64 {
        let passed = max(0, min(byteCount, end - offset))
        offset += passed
        if passed > 0 { nextByteCount = probeByteCount }
        return passed
    }
}
