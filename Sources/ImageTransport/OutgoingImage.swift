package import ImageSpec
import LayerArchive
package import LayerModel

/// One image that is to be written.
package struct OutgoingImage: Sendable {
    /// Its names, each with a tag; none for an image that is written without a name.
    package let references: [ImageReference]
    /// The image's identity.
    package let id: ImageID
    /// The config, whose bytes are written as they are.
    package let config: ImageConfig
    /// The layers, the lowest first.
    package let layers: [OutgoingLayer]
    /// The image that it was built on; nil where that is not known.
    package let base: ImageBase?
    /// The manifest that the image came with.
    package let receivedManifest: ReceivedManifest?

    /// Describes an image.
    package init(
        references: [ImageReference],
        id: ImageID,
        config: ImageConfig,
        layers: [OutgoingLayer],
        base: ImageBase? = nil,
        receivedManifest: ReceivedManifest? = nil
    ) {
        self.references = references
        self.id = id
        self.config = config
        self.layers = layers
        self.base = base
        self.receivedManifest = receivedManifest
    }

    /// The config's blob.
    var configDescriptor: Descriptor {
        Descriptor(mediaType: .ociConfig, digest: BlobDigest(id.digest), byteCount: Int64(config.bytes.count))
    }

    /// The manifest: the one that the image came with, byte for byte, where it names just the blobs that are written, or else a new one.
    func manifest() -> (bytes: [UInt8], digest: BlobDigest, descriptor: Descriptor) {
        if let receivedManifest, receivedManifest.names(config: configDescriptor, layers: layers) {
            let descriptor = receivedManifest.descriptor(platform: config.platform)
            return (receivedManifest.manifest.bytes, receivedManifest.digest, descriptor)
        }
        let bytes = ImageManifest.encode(
            config: configDescriptor,
            layers: layers.map(\.descriptor),
            annotations: base?.annotations ?? [:]
        )
        let digest = BlobDigest(.sha256(of: bytes))
        let descriptor = Descriptor(
            mediaType: .ociManifest,
            digest: digest,
            byteCount: Int64(bytes.count),
            platform: config.platform
        )
        return (bytes, digest, descriptor)
    }
}
