import LayerArchive
public import LayerModel

/// One layer of an image that is being made: one that is there already, or one that was made for it.
public struct DraftLayer: Sendable {
    let source: any IncomingLayer
    /// How it is compressed in a file where nothing is asked for: as the layers that it stands for were.
    var compression: BlobCompression?

    /// The layer's identity.
    public var diffID: DiffID { source.diffID }

    /// How many bytes the layer takes where it lies, compressed or not.
    public var storedByteCount: Int64 { source.byteCount }

    init(_ source: any IncomingLayer, compression: BlobCompression? = nil) {
        self.source = source
        self.compression = compression
    }
}

extension BlobCompression {
    /// The usual level of a kind; nil for a kind that layers are never written in.
    init?(usual compression: Compression) {
        switch compression {
        case .none: self = .uncompressed
        case .gzip: self = .gzip(level: Self.usualGzipLevel)
        case .zstd: self = .zstd(level: 3)
        default: return nil
        }
    }
}
