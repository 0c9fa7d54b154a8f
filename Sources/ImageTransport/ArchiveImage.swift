package import ImageSpec
package import LayerModel

/// One image in a file: its documents, read and verified, and its layers, not read yet.
package struct ArchiveImage: Sendable {
    /// The names that Docker's grammar allows, each with a tag.
    package let references: [ImageReference]
    /// The names as the file writes them, whatever their form.
    package let rawNames: [String]
    /// The image's place in its file, as `FILE:@N` counts.
    package let position: Int
    /// The image's identity: the SHA-256 of its config.
    package let imageID: ImageID
    /// The config; its bytes are as they were received.
    package let config: ImageConfig
    /// The manifest's bytes as they were received; nil where the format has none.
    package let manifestBytes: [UInt8]?
    /// The manifest's digest.
    package let manifestDigest: BlobDigest?
    /// What the manifest is, as its descriptor says.
    package let manifestMediaType: MediaType?
    /// The config's digest as the manifest declares it, verified; nil where the format declares none.
    package let configDescriptorDigest: BlobDigest?
    /// The layers, the lowest first; as many as the config has DiffIDs.
    package let layers: [ArchiveLayer]
    /// What the image runs on: as the index says, or else the config; nil when neither does.
    package let platform: Platform?
    /// The manifest's annotations.
    package let annotations: [String: String]
    /// The form of the file that the image lies in.
    package let sourceFormat: ArchiveFormat

    /// The config's bytes as they were received.
    package var configBytes: [UInt8] { config.bytes }

    /// Checks that all layers are there, of the declared sizes and of types that can be unpacked; nothing of them is read.
    ///
    /// - Throws: `TransportError` of the first layer that is not.
    package func checkLayers() throws {
        for layer in layers { try layer.checkUsable() }
    }
}
