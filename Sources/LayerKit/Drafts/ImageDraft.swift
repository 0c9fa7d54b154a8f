public import ImageSpec
import ImageTransport
import LayerArchive
public import LayerModel

/// An image as a value: a config and layers, wherever their bytes lie, to be changed and then put into a store or a file.
///
/// Nothing of a layer is read before the image is put somewhere, or a change needs to look into it. What is not changed keeps its bytes:
/// a config that no change has touched, and a manifest whose config and blobs are still those that it names.
public struct ImageDraft: Sendable {
    /// The config; its digest is the image ID.
    public internal(set) var config: ImageConfig {
        didSet { if config.bytes != oldValue.bytes { receivedManifest = nil } }
    }
    /// The layers, the lowest first, one for each DiffID of the config.
    public internal(set) var layers: [DraftLayer]
    /// The names that the image has where it came from, and is to have in a file.
    public var references: [ImageReference]
    /// The image that it was built on; nil where that is not known.
    public internal(set) var base: ImageBase?
    /// What it is as the base of another image.
    let origin: ImageBase?
    /// The manifest that it came with; none for an image that was changed.
    private(set) var receivedManifest: ReceivedManifest?

    /// The image's identity.
    public var id: ImageID { ImageID(Digest.sha256(of: config.bytes)) }

    init(
        config: ImageConfig,
        layers: [DraftLayer],
        references: [ImageReference] = [],
        base: ImageBase? = nil,
        receivedManifest: ReceivedManifest? = nil
    ) {
        self.config = config
        self.layers = layers
        self.references = references
        self.base = base
        origin = ImageBase(
            name: references.first?.withDefaultTag.description,
            manifestDigest: receivedManifest?.digest
        )
        self.receivedManifest = receivedManifest
    }
}

extension ArchiveImages {
    /// The images of the file as values.
    ///
    /// - Returns: The images, in the order of the file.
    /// - Throws: `LayerError` of code `corrupt` for a layer that is not there or not of the declared size, or a history that claims more
    ///   layers than there are.
    public func drafts() throws(LayerError) -> [ImageDraft] {
        try LayerError.catching { try source.images.map { try ImageDraft($0, label: source.label) } }
    }

    /// The image as a value, where there is one only.
    ///
    /// - Returns: The image.
    /// - Throws: `LayerError`; of code `conflict`, with the choices, when there are several.
    public func draft() throws(LayerError) -> ImageDraft {
        try LayerError.catching { try ImageDraft(source.onlyImage(), label: source.label) }
    }
}

extension ImageDraft {
    fileprivate init(_ image: ArchiveImage, label: String) throws {
        try image.checkLayers()
        do throws(SpecError) {
            _ = try image.config.layerIndexes()
        } catch {
            throw LayerError(.corrupt, "\(label): image \(image.imageID): \(error)", cause: error)
        }
        var manifest: ReceivedManifest?
        if let bytes = image.manifestBytes, let digest = image.manifestDigest {
            manifest = ReceivedManifest(try ImageManifest(parsing: bytes, limits: .unlimited), digest: digest)
        }
        self.init(
            config: image.config,
            layers: image.layers.map { DraftLayer($0) },
            references: image.references,
            receivedManifest: manifest
        )
    }
}
