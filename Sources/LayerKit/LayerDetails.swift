public import LayerModel

/// What is known of one layer of an image, in a file or in the store.
public struct LayerDetails: Sendable {
    /// The digest of the layer's uncompressed tar.
    public let diffID: DiffID
    /// The digest of the layer's bytes where it came from, if it is known.
    public let blobDigest: BlobDigest?
    /// The length of those bytes, if it is known.
    public let blobByteCount: Int64?
    /// What the layer adds up to; nil until it is measured, or when its bytes are not at hand.
    public var size: LayerSize?

    /// Describes a layer.
    public init(diffID: DiffID, blobDigest: BlobDigest?, blobByteCount: Int64?, size: LayerSize?) {
        self.diffID = diffID
        self.blobDigest = blobDigest
        self.blobByteCount = blobByteCount
        self.size = size
    }
}

/// What a layer adds up to.
public struct LayerSize: Hashable, Sendable {
    /// The size as Docker's overlay2 counts it: files and link targets, each inode once, in bytes.
    public let treeByteCount: Int64
    /// How many names other than directories and whiteouts there are.
    public let fileCount: Int

    /// Makes a size.
    public init(treeByteCount: Int64, fileCount: Int) {
        self.treeByteCount = treeByteCount
        self.fileCount = fileCount
    }
}
