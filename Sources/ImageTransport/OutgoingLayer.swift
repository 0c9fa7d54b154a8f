import ImageSpec
package import LayerArchive
package import LayerModel

/// One layer of an image that is to be written: what it is, and the bytes that stand for it.
package struct OutgoingLayer: Hashable, Sendable {
    /// The layer's identity.
    package let diffID: DiffID
    /// The digest of the bytes that are written.
    package let blobDigest: BlobDigest
    /// How many bytes are written.
    package let byteCount: Int64
    /// How the layer's tar is compressed in them: not at all, gzip or zstd.
    package let compression: Compression
    /// Whether the bytes are left out, for a receiver who has the layer.
    package let isOmitted: Bool

    /// Describes a layer.
    package init(
        diffID: DiffID,
        blobDigest: BlobDigest,
        byteCount: Int64,
        compression: Compression,
        isOmitted: Bool = false
    ) {
        self.isOmitted = isOmitted
        self.diffID = diffID
        self.blobDigest = blobDigest
        self.byteCount = byteCount
        self.compression = compression
    }

    /// What a manifest says of the layer.
    var descriptor: Descriptor {
        let mediaType: MediaType =
            switch compression {
            case .gzip: .ociLayerGzip
            case .zstd: .ociLayerZstd
            default: .ociLayer
            }
        return Descriptor(mediaType: mediaType, digest: blobDigest, byteCount: byteCount)
    }
}
