public import LayerModel

/// A list of manifests: the images of a layout, or one image for several platforms.
///
/// Source: OCI image-spec `image-index.md`; Docker's manifest list.
public struct ImageIndex: Hashable, Sendable {
    /// The index's own bytes, never encoded again.
    public let bytes: [UInt8]
    /// The type that the index names itself, if it does.
    public let mediaType: MediaType?
    /// The type of the artifact, if it is one.
    public let artifactType: String?
    /// The entries in their order, which decides among equals.
    public let manifests: [Descriptor]
    /// The manifest that this index is about, if there is one.
    public let subject: Descriptor?
    /// Free texts; unknown keys are kept.
    public let annotations: [String: String]

    /// Reads an index.
    ///
    /// - Parameters:
    ///   - bytes: The blob, or the file `index.json`.
    ///   - document: What errors call it.
    ///   - allowsNull: Whether `null` stands for no entries: Docker 25 wrote that beside a `manifest.json` that has them all.
    ///   - limits: What is too much.
    /// - Throws: `SpecError` with the place of the first fault.
    public init(
        parsing bytes: [UInt8],
        document: String = "index.json",
        allowsNull: Bool = false,
        limits: InputLimits = .standard
    ) throws(SpecError) {
        let node = try SpecNode(document: document, parsing: bytes, limits: limits)
        try self.init(node, bytes: bytes, allowsNull: allowsNull)
    }

    init(_ node: SpecNode, bytes: [UInt8], allowsNull: Bool = false) throws(SpecError) {
        self.bytes = bytes
        try node.checkSchemaVersion()
        try node.refuse(["config", "layers", "fsLayers"], in: "image index")
        mediaType = try node.text("mediaType").map { MediaType(rawValue: $0) }
        if let mediaType, !mediaType.isIndex {
            throw try node.required("mediaType").error(.invalid("\"\(mediaType)\" is no type of an image index"))
        }
        artifactType = try node.text("artifactType")
        manifests = try Self.manifests(try node.required("manifests"), allowsNull: allowsNull)
        subject = try node.descriptor("subject")
        annotations = try node.textMap("annotations")
    }

    private static func manifests(_ node: SpecNode, allowsNull: Bool) throws(SpecError) -> [Descriptor] {
        if allowsNull, node.value.isNull { return [] }
        var manifests: [Descriptor] = []
        for element in try node.array(.manifests) { manifests.append(try Descriptor(element)) }
        return manifests
    }
}
