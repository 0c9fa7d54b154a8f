package import LayerArchive
package import LayerModel

/// The bytes that a layer was unpacked from.
package struct LayerBlob: Hashable, Sendable {
    /// Their digest.
    package let digest: BlobDigest
    /// Their length.
    package let byteCount: Int64
    /// How the layer's tar is compressed in them.
    package let compression: Compression

    /// Describes such bytes.
    package init(digest: BlobDigest, byteCount: Int64, compression: Compression) {
        self.digest = digest
        self.byteCount = byteCount
        self.compression = compression
    }
}
