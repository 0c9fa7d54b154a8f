import ImageSpec

/// A manifest of a layout with its config, both verified.
struct LoadedManifest {
    /// What led to the manifest.
    let descriptor: Descriptor
    /// The manifest.
    let manifest: ImageManifest
    /// The config; nil for an artifact, and when the blob is not in the archive.
    let config: ImageConfig?

    /// What the image runs on: as the index says, or else the config (contract L-123).
    var platform: Platform? { descriptor.platform ?? config?.statedPlatform }

    /// Whether this is an image that can be used, and no attestation.
    var isImage: Bool { config != nil && platform?.isUnknown != true }
}
