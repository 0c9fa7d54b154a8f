package import LayerModel
package import LayerTree

/// What the store writes beside a layer (`layer.json`).
package struct LayerRecord: Hashable, Sendable {
    /// What the layer is and adds up to.
    package let summary: LayerSummary
    /// The stack that the layer belongs to; nil for one that means the same on any base.
    package let chainID: ChainID?
    /// Whether the tree marks opaque directories in the `user.` namespace rather than in `trusted.`.
    package let usesUserAttributes: Bool
    /// Whether root unpacked it: then owners, devices and attributes on disk are the layer's own.
    package let isPrivileged: Bool
    /// The bytes that the layer was unpacked from.
    ///
    /// An image's own record names those that it brought the layer in.
    package let blob: LayerBlob?
    /// The length of the index, in bytes.
    package let indexByteCount: Int64
    /// The SHA-256 of the index.
    package let indexDigest: Digest
    /// The session of the file system in which the layer was published without being synchronised; nil for one that is on the disk.
    var unsynchronizedSession: String?

    init(_ layer: StagedLayer, indexByteCount: Int64, indexDigest: Digest, unsynchronizedSession: String?) {
        summary = layer.summary
        chainID = layer.summary.isSelfContained ? nil : layer.chainID
        usesUserAttributes = layer.usesUserAttributes
        isPrivileged = layer.isPrivileged
        blob = layer.blob
        self.indexByteCount = indexByteCount
        self.indexDigest = indexDigest
        self.unsynchronizedSession = unsynchronizedSession
    }

    /// The directory that the layer lies in.
    package var key: LayerKey { chainID.map { LayerKey($0) } ?? LayerKey(summary.diffID) }
}
