public import LayerModel

/// One image in the `manifest.json` of a docker-archive.
///
/// Source: moby `image/tarexport`; containers/image `docker/internal/tarfile`.
public struct DockerManifest: Hashable, Sendable {
    /// The name of the member that holds the config.
    public let config: String
    /// The names of the image as they are written; none when it has none.
    public let repoTags: [String]
    /// The names of the members that hold the layers, the lowest first.
    public let layers: [String]
    /// The ID of the image that this one was built on, as it is written.
    public let parent: String?
    /// What the layers were before they were saved: descriptors by DiffID.
    public let layerSources: [DiffID: Descriptor]

    /// Reads all images of a file.
    ///
    /// Keys count in exactly their case; an empty list is one, `null` is none. Names of members are left as they are written:
    /// they are keys to look up, never paths.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - limits: What is too much.
    /// - Returns: The images in their order.
    /// - Throws: `SpecError` with the place of the first fault.
    public static func parse(
        _ bytes: [UInt8],
        limits: InputLimits = .standard
    ) throws(SpecError) -> [DockerManifest] {
        let node = try SpecNode(document: "manifest.json", parsing: bytes, limits: limits)
        guard !node.value.isNull else { throw node.error(.invalid("manifest cannot be null (but can be [])")) }
        var images: [DockerManifest] = []
        for element in try node.array(.images) { images.append(try DockerManifest(element)) }
        return images
    }

    private init(_ node: SpecNode) throws(SpecError) {
        let config = try node.required("Config")
        self.config = try config.string()
        guard !self.config.isEmpty else { throw config.error(.invalid("empty name")) }
        repoTags = try node.texts("RepoTags", .tags)
        _ = try node.required("Layers")
        layers = try node.texts("Layers", .manifestLayers)
        parent = try node.text("Parent")
        var sources: [DiffID: Descriptor] = [:]
        for (key, source) in try node.member("LayerSources")?.members(.manifestLayers) ?? [] {
            sources[DiffID(try source.digest(from: key))] = try Descriptor(source)
        }
        layerSources = sources
    }
}
