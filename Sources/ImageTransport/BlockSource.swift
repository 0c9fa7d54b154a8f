import LayerModel
import LayerSystem

/// A file block by block of a tar, so that its position after a header is where the body begins.
///
/// What skips over bodies wants no more than headers; a larger piece would be read in vain.
final class BlockSource: ByteSource {
    private let source: FileRangeSource
    private(set) var position: Int64 = 0
    /// The block that was given last; valid until the next one is asked for.
    private(set) var block = UnsafeRawBufferPointer(start: nil, count: 0)

    init(_ file: File, byteCount: Int64) {
        source = FileRangeSource(file: file, offset: 0, byteCount: byteCount, chunkByteCount: 512, probeByteCount: 512)
    }

    func nextChunk() throws -> UnsafeRawBufferPointer {
        block = try source.nextChunk()
        position += Int64(block.count)
        return block
    }

    func skip(_ byteCount: Int64) throws -> Int64 {
        let skipped = try source.skip(byteCount)
        position += skipped
        return skipped
    }
}
