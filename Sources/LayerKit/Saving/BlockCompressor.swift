import LayerArchive
import LayerModel
import LayerSystem
import Synchronization

/// Compresses a tar in blocks of a fixed length, several at once; the bytes are the same however many threads there are.
final class BlockCompressor {
    private let compression: BlobCompression
    private let workers: Int
    private let blockByteCount: Int
    private let batch: BlockBatch

    /// Prepares to compress.
    ///
    /// - Parameters:
    ///   - compression: With what; not `uncompressed`.
    ///   - workers: How many threads at most.
    init(_ compression: BlobCompression, workers: Int) {
        self.compression = compression
        self.workers = max(1, workers)
        blockByteCount = compression.blockByteCount
        let blockCount = workers > 1 ? workers * compression.blocksPerWorker : 1
        batch = BlockBatch(compression, blockByteCount: blockByteCount, blockCount: blockCount)
    }

    /// Compresses all of a tar.
    ///
    /// - Parameters:
    ///   - tar: The tar.
    ///   - sink: Takes compressed bytes, valid during the call only.
    /// - Throws: What the tar or the sink threw; `ArchiveError` when memory is short.
    func run(_ tar: any ByteSource, into sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        var trailer = GzipTrailer()
        if compression.isGzip { try GzipBlockEncoder.header.withUnsafeBytes { try sink($0) } }
        var (isAtEnd, isEmpty) = (false, true)
        var rest = UnsafeRawBufferPointer(start: nil, count: 0)
        while !isAtEnd {
            batch.restart()
            while !batch.isFull {
                if rest.isEmpty { rest = try tar.nextChunk() }
                if rest.isEmpty {
                    isAtEnd = true
                    break
                }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(batch.append(rest)))
            }
            // A stream of zstd without a frame is none.
            guard batch.blockCount > 0 || isEmpty && !compression.isGzip else { break }
            isEmpty = false
            let batch = batch
            try WorkerPool.run(workers: workers, jobs: max(1, batch.blockCount)) { try batch.compress($0) }
            for block in 0..<max(1, batch.blockCount) {
                let result = batch.result(of: block)
                trailer.append(checksum: result.checksum, byteCount: result.byteCount)
                try result.bytes.withUnsafeBytes { try sink($0) }
            }
        }
        if compression.isGzip { try trailer.bytes.withUnsafeBytes { try sink($0) } }
    }
}

extension BlobCompression {
    /// The length of a block: for gzip short, as blocks know what went before; for zstd the window of the usual levels, as frames do not.
    fileprivate var blockByteCount: Int {
        switch self {
        case .uncompressed, .gzip: 256 << 10
        case .zstd: 2 << 20
        }
    }

    /// How many blocks are compressed before one is written, for each thread: enough that none waits long for the last of them.
    fileprivate var blocksPerWorker: Int { isGzip ? 8 : 2 }

    fileprivate var isGzip: Bool {
        if case .gzip = self { true } else { false }
    }
}
