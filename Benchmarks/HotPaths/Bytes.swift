import LayerModel

/// Bytes in memory, read as often as wanted.
final class Bytes {
    fileprivate let buffer: UnsafeRawBufferPointer

    /// Copies the bytes.
    init(_ bytes: [UInt8]) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
        copy.copyBytes(from: bytes)
        buffer = UnsafeRawBufferPointer(copy)
    }

    deinit {
        buffer.deallocate()
    }

    /// Reads them from the start.
    var source: BytesSource { BytesSource(self) }
}

/// Gives bytes in memory in chunks, as a file does.
final class BytesSource: ByteSource {
    private static let chunkByteCount = 256 << 10

    private let bytes: Bytes
    private var position = 0

    init(_ bytes: Bytes) {
        self.bytes = bytes
    }

    func nextChunk() -> UnsafeRawBufferPointer {
        let end = min(bytes.buffer.count, position + Self.chunkByteCount)
        defer { position = end }
        return UnsafeRawBufferPointer(rebasing: bytes.buffer[position..<end])
    }
}

extension ByteSource {
    /// Reads all that is left, and tells how much it was.
    func drain() throws -> Int {
        var count = 0
        try forEachChunk { count += $0.count }
        return count
    }
}
