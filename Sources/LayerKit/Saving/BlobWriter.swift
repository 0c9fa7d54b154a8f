import ImageTransport
import LayerArchive
import LayerModel
import LayerSystem

/// Compresses one layer into a file; the same tar gives the same bytes.
struct BlobWriter {
    private let compression: BlobCompression
    private let layer: StoredLayer
    private let appender: FileAppender
    private let workers: Int
    private let digest = DigestStream(.sha256)

    /// Prepares to write a file.
    init(_ compression: BlobCompression, _ layer: StoredLayer, _ file: File, workers: Int) {
        self.workers = workers
        self.compression = compression
        self.layer = layer
        appender = FileAppender(file)
    }

    /// Compresses all of a tar.
    ///
    /// - Parameter tar: The layer's tar.
    /// - Returns: What was written.
    /// - Throws: `LayerError`, `SystemError`.
    func write(_ tar: any ByteSource) throws -> OutgoingLayer {
        if compression == .uncompressed {
            try feed(tar)
        } else {
            try BlockCompressor(compression, workers: workers).run(tar) { try put($0) }
        }
        try appender.flush()
        return OutgoingLayer(
            diffID: layer.diffID,
            blobDigest: BlobDigest(digest.finish()),
            byteCount: appender.offset,
            compression: compression.compression
        )
    }

    private func put(_ bytes: UnsafeRawBufferPointer) throws {
        digest.update(bytes)
        try appender.append(bytes)
    }

    private func feed(_ tar: any ByteSource) throws {
        while true {
            let chunk = try tar.nextChunk()
            if chunk.isEmpty { return }
            try put(chunk)
        }
    }
}
