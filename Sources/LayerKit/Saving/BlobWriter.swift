import ImageTransport
import LayerArchive
import LayerModel
import LayerSystem

/// Compresses one layer into a file; the same tar gives the same bytes.
struct BlobWriter {
    private let compression: BlobCompression
    private let diffID: DiffID
    private let appender: FileAppender
    private let workers: Int
    private let digest = DigestStream(.sha256)

    /// Prepares to write a file.
    ///
    /// - Parameters:
    ///   - compression: How.
    ///   - diffID: The layer.
    ///   - file: The file, empty.
    ///   - workers: How many threads compress.
    init(_ compression: BlobCompression, _ diffID: DiffID, _ file: File, workers: Int) {
        self.workers = workers
        self.compression = compression
        self.diffID = diffID
        appender = FileAppender(file)
    }

    /// Compresses all of a tar.
    ///
    /// - Parameter tar: The layer's tar.
    /// - Returns: What was written.
    /// - Throws: `LayerError`, `SystemError`.
    func write(_ tar: any ByteSource) throws -> OutgoingLayer {
        if compression == .uncompressed {
            try tar.forEachChunk { try put($0) }
        } else {
            try BlockCompressor(compression, workers: workers).run(tar) { try put($0) }
        }
        try appender.flush()
        return OutgoingLayer(
            diffID: diffID,
            blobDigest: BlobDigest(digest.finish()),
            byteCount: appender.offset,
            compression: compression.compression
        )
    }

    private func put(_ bytes: UnsafeRawBufferPointer) throws {
        digest.update(bytes)
        try appender.append(bytes)
    }
}
