import LayerModel

/// Bytes in memory as a source, in chunks of a given size.
package final class BytesSource: ByteSource {
    private let buffer: UnsafeMutableRawBufferPointer
    private let chunkByteCount: Int
    private var position = 0

    /// Copies the bytes.
    package init(_ bytes: [UInt8], chunkByteCount: Int = 64 << 10) {
        buffer = .allocate(byteCount: max(1, bytes.count), alignment: 1)
        buffer.copyBytes(from: bytes)
        self.byteCount = bytes.count
        self.chunkByteCount = chunkByteCount
    }

    private let byteCount: Int

    deinit {
        buffer.deallocate()
    }

    /// Hands out the next chunk.
    package func nextChunk() throws -> UnsafeRawBufferPointer {
        let end = min(byteCount, position + chunkByteCount)
        defer { position = end }
        return UnsafeRawBufferPointer(rebasing: buffer[position..<end])
    }
}
