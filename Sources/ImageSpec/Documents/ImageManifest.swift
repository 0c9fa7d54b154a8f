public import LayerModel

/// The manifest of one image or artifact.
///
/// Source: OCI image-spec `manifest.md`; Docker's image manifest version 2, schema 2.
public struct ImageManifest: Hashable, Sendable {
    /// The manifest's own bytes, never encoded again.
    public let bytes: [UInt8]
    /// The type that the manifest names itself, if it does.
    public let mediaType: MediaType?
    /// The type of the artifact, if it is one.
    public let artifactType: String?
    /// The config's blob.
    public let config: Descriptor
    /// The layers' blobs, the lowest first.
    public let layers: [Descriptor]
    /// The manifest that this one is about, if there is one.
    public let subject: Descriptor?
    /// Free texts; unknown keys are kept.
    public let annotations: [String: String]

    /// Reads a manifest.
    ///
    /// - Parameters:
    ///   - bytes: The blob.
    ///   - document: What errors call it.
    ///   - limits: What is too much.
    /// - Throws: `SpecError` with the place of the first fault.
    public init(
        parsing bytes: [UInt8],
        document: String = "manifest",
        limits: InputLimits = .standard
    ) throws(SpecError) {
        try self.init(SpecNode(document: document, parsing: bytes, limits: limits), bytes: bytes)
    }

    init(_ node: SpecNode, bytes: [UInt8]) throws(SpecError) {
        self.bytes = bytes
        try node.checkSchemaVersion()
        try node.refuse(["manifests", "fsLayers"], in: "image manifest")
        mediaType = try node.text("mediaType").map { MediaType(rawValue: $0) }
        if let mediaType, !mediaType.isManifest {
            throw try node.required("mediaType").error(.invalid("\"\(mediaType)\" is no type of an image manifest"))
        }
        artifactType = try node.text("artifactType")
        config = try Descriptor(try node.required("config"))
        if config.mediaType == .ociEmpty, artifactType == nil {
            throw try node.required("config").error(.invalid("empty config without artifactType"))
        }
        layers = try Self.layers(try node.required("layers"))
        subject = try node.descriptor("subject")
        annotations = try node.textMap("annotations")
    }

    /// Whether this is the manifest of an artifact and not of a container image (contract L-132).
    public var isArtifact: Bool { !config.mediaType.isConfig }

    private static func layers(_ node: SpecNode) throws(SpecError) -> [Descriptor] {
        // Go writes the list of an image without layers as null.
        guard !node.value.isNull else { return [] }
        var layers: [Descriptor] = []
        for element in try node.array(.manifestLayers) { layers.append(try Descriptor(element)) }
        return layers
    }
}
