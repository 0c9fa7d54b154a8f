public import ImageSpec
public import LayerModel

/// What is known of one image, in a file or in the store.
public struct ImageDetails: Sendable {
    /// The digest of the config.
    public let id: ImageID
    /// The config, with its own bytes.
    public let config: ImageConfig
    /// The names of the image.
    public let references: [ImageReference]
    /// The digest of the manifest, if there is one.
    public let manifestDigest: Digest?
    /// The layers, the lowest first.
    public var layers: [LayerDetails]
    /// Where the image's layers lie, for one in the store.
    public let location: StoreLocation?
    /// What the image came from (`docker-archive`, `oci-layout` …).
    public let sourceFormat: String

    /// Describes an image.
    public init(
        id: ImageID,
        config: ImageConfig,
        references: [ImageReference],
        manifestDigest: Digest?,
        layers: [LayerDetails],
        location: StoreLocation?,
        sourceFormat: String
    ) {
        self.id = id
        self.config = config
        self.references = references
        self.manifestDigest = manifestDigest
        self.layers = layers
        self.location = location
        self.sourceFormat = sourceFormat
    }

    /// The sum of the layers' sizes, in bytes; nil while one is not known.
    public var treeByteCount: Int64? {
        var sum: Int64 = 0
        for layer in layers {
            guard let size = layer.size else { return nil }
            sum += size.treeByteCount
        }
        return sum
    }
}

/// Where an image's layers lie in the store.
public struct StoreLocation: Sendable {
    /// The lower directories of an overlay that shows the image, the topmost first.
    ///
    /// Layers that show nothing are left out: those below one that hides everything, and of a layer that is there twice the lower
    /// one, which the upper one covers and which overlayfs would refuse.
    public let lowerPaths: [String]
    /// When a name was last given to the image.
    public let tagged: Timestamp?

    /// Makes a location.
    public init(lowerPaths: [String], tagged: Timestamp?) {
        self.lowerPaths = lowerPaths
        self.tagged = tagged
    }
}
