import LayerArchive
import Synchronization

/// Some blocks of a stream in one piece of memory, what went before them in front, and what became of each.
///
/// ```
/// memory   dictionary | block | block | … | block
/// ```
// reason: while blocks are compressed the memory is only read, and each thread has an encoder of its own.
final class BlockBatch: @unchecked Sendable {
    /// What became of a block.
    struct Result {
        let bytes: [UInt8]
        /// How long it was before.
        let byteCount: Int
        /// Its checksum, for gzip.
        let checksum: UInt32
    }

    private let compression: BlobCompression
    private let blockByteCount: Int
    private let capacity: Int
    private let storage: UnsafeMutableRawBufferPointer
    private var dictionaryByteCount = 0
    private var byteCount = 0
    private let results = Mutex<[Int: Result]>([:])
    private let encoders = Mutex<[Encoder]>([])

    /// An encoder that no thread uses.
    // reason: it is handed from thread to thread under the lock.
    private struct Encoder: @unchecked Sendable {
        let gzip: GzipBlockEncoder
    }

    /// Makes room for blocks.
    init(_ compression: BlobCompression, blockByteCount: Int, blockCount: Int) {
        self.compression = compression
        self.blockByteCount = blockByteCount
        capacity = blockByteCount * blockCount
        storage = .allocate(byteCount: GzipBlockEncoder.dictionaryByteCount + capacity, alignment: 64)
    }

    deinit {
        storage.deallocate()
    }

    /// Whether nothing can be added.
    var isFull: Bool { byteCount == capacity }
    /// How many blocks there are; the last may be short.
    var blockCount: Int { (byteCount + blockByteCount - 1) / blockByteCount }

    /// Takes the blocks out, and keeps the end of the last one as what went before the next.
    func restart() {
        let end = GzipBlockEncoder.dictionaryByteCount + byteCount
        let kept = min(GzipBlockEncoder.dictionaryByteCount, dictionaryByteCount + byteCount)
        let start = GzipBlockEncoder.dictionaryByteCount - kept
        UnsafeMutableRawBufferPointer(rebasing: storage[start...])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[(end - kept)..<end]))
        dictionaryByteCount = kept
        byteCount = 0
        results.withLock { $0.removeAll(keepingCapacity: true) }
    }

    /// Adds bytes as far as there is room.
    ///
    /// - Returns: How many were taken.
    func append(_ bytes: UnsafeRawBufferPointer) -> Int {
        let count = min(bytes.count, capacity - byteCount)
        let start = GzipBlockEncoder.dictionaryByteCount + byteCount
        UnsafeMutableRawBufferPointer(rebasing: storage[start...])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes.prefix(count)))
        byteCount += count
        return count
    }

    /// Compresses one block; for several threads, each with blocks of its own.
    func compress(_ block: Int) throws {
        let start = GzipBlockEncoder.dictionaryByteCount + block * blockByteCount
        let count = min(blockByteCount, byteCount - block * blockByteCount)
        let bytes = UnsafeRawBufferPointer(rebasing: storage[start..<start + count])
        let result: Result
        switch compression {
        case .uncompressed: result = Result(bytes: Array(bytes), byteCount: count, checksum: 0)
        case .gzip(let level):
            let encoder = encoders.withLock { $0.popLast() } ?? Encoder(gzip: GzipBlockEncoder(level: level))
            let before = min(GzipBlockEncoder.dictionaryByteCount, dictionaryByteCount + block * blockByteCount)
            let dictionary = UnsafeRawBufferPointer(rebasing: storage[(start - before)..<start])
            result = Result(
                bytes: encoder.gzip.compress(bytes, after: dictionary),
                byteCount: count,
                checksum: GzipTrailer.checksum(of: bytes)
            )
            encoders.withLock { $0.append(encoder) }
        case .zstd(let level):
            result = Result(bytes: try ZstdFrame.compress(bytes, level: level), byteCount: count, checksum: 0)
        }
        results.withLock { $0[block] = result }
    }

    /// What became of a block that was compressed.
    func result(of block: Int) -> Result {
        results.withLock { $0[block] } ?? Result(bytes: [], byteCount: 0, checksum: 0)
    }
}
