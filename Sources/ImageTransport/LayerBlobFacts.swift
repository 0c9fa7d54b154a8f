package import LayerArchive
package import LayerModel

/// What is known of a layer's blob after all of it was read and verified.
package struct LayerBlobFacts: Hashable, Sendable {
    /// The digest of the stored bytes.
    package let blobDigest: BlobDigest
    /// How many bytes are stored.
    package let blobByteCount: Int64
    /// The digest of the uncompressed tar.
    package let diffID: DiffID
    /// How many bytes the uncompressed tar has.
    package let tarByteCount: Int64
    /// How the stored bytes are compressed, told by their first bytes.
    package let compression: Compression

    /// Puts facts together.
    package init(
        blobDigest: BlobDigest,
        blobByteCount: Int64,
        diffID: DiffID,
        tarByteCount: Int64,
        compression: Compression
    ) {
        self.blobDigest = blobDigest
        self.blobByteCount = blobByteCount
        self.diffID = diffID
        self.tarByteCount = tarByteCount
        self.compression = compression
    }
}
