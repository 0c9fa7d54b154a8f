import ImageTransport
import LayerArchive
import LayerModel
import LayerSystem

/// Compresses one layer into a file; the same tar gives the same bytes.
struct BlobWriter {
    private let compression: BlobCompression
    private let layer: StoredLayer
    private let appender: FileAppender
    private let digest = DigestStream(.sha256)

    /// Prepares to write a file.
    init(_ compression: BlobCompression, _ layer: StoredLayer, _ file: File) {
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
        switch compression {
        case .uncompressed: try Self.feed(tar) { try put($0) }
        case .gzip(let level):
            let encoder = GzipEncoder(level: level)
            try Self.feed(tar) { try encoder.write($0) { try put($0) } }
            try encoder.finish { try put($0) }
        case .zstd(let level):
            let encoder = ZstdStreamEncoder(level: level, contentByteCount: Int(layer.tarByteCount))
            try Self.feed(tar) { try encoder.write($0) { try put($0) } }
            try encoder.finish { try put($0) }
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

    private static func feed(_ tar: any ByteSource, into take: (UnsafeRawBufferPointer) throws -> Void) throws {
        while true {
            let chunk = try tar.nextChunk()
            if chunk.isEmpty { return }
            try take(chunk)
        }
    }
}
