import LayerModel

/// Some bytes, and then letters without an end: for readers that must stop on their own.
final class EndlessSource: ByteSource {
    private static let chunkByteCount = 4096
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkByteCount, alignment: 1)
    private let start: [UInt8]
    private(set) var givenByteCount = 0

    init(_ start: [UInt8]) {
        self.start = start
    }

    deinit {
        buffer.deallocate()
    }

    func nextChunk() throws -> UnsafeRawBufferPointer {
        buffer.initializeMemory(as: UInt8.self, repeating: UInt8(ascii: "x"))
        if givenByteCount < start.count { buffer.copyBytes(from: start.dropFirst(givenByteCount).prefix(buffer.count)) }
        givenByteCount += buffer.count
        return UnsafeRawBufferPointer(buffer)
    }
}
