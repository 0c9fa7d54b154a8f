package import ImageSpec
package import LayerModel

/// The manifest that an image came with, and its digest, verified.
package struct ReceivedManifest: Sendable {
    /// The manifest; its bytes are as they were received.
    package let manifest: ImageManifest
    /// The digest of those bytes.
    package let digest: BlobDigest

    /// Names a manifest.
    package init(_ manifest: ImageManifest, digest: BlobDigest) {
        self.manifest = manifest
        self.digest = digest
    }

    /// Whether config and layers are the blobs that this manifest names, in their order.
    func names(config: Descriptor, layers: [OutgoingLayer]) -> Bool {
        manifest.config.digestText == config.digestText && manifest.config.byteCount == config.byteCount
            && manifest.layers.count == layers.count
            && zip(manifest.layers, layers).allSatisfy {
                $0.digestText == $1.blobDigest.description && $0.byteCount == $1.byteCount
            }
    }

    /// What an index says of the manifest.
    func descriptor(platform: Platform?) -> Descriptor {
        let mediaType = manifest.config.mediaType == .dockerConfig ? MediaType.dockerManifest : .ociManifest
        return Descriptor(
            mediaType: manifest.mediaType ?? mediaType,
            digest: digest,
            byteCount: Int64(manifest.bytes.count),
            platform: platform
        )
    }
}
