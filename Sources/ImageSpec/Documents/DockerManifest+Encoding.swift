package import LayerModel

extension DockerManifest {
    /// Describes an image that is to be written.
    ///
    /// - Parameters:
    ///   - config: The name of the member that holds the config.
    ///   - repoTags: The names of the image in familiar form; none for one without a name.
    ///   - layers: The names of the members that hold the layers, the lowest first.
    ///   - layerSources: What those members are, by DiffID.
    package init(config: String, repoTags: [String], layers: [String], layerSources: [DiffID: Descriptor]) {
        self.config = config
        self.repoTags = repoTags
        self.layers = layers
        self.parent = nil
        self.layerSources = layerSources
    }

    /// Writes `manifest.json`, with sorted keys and without blanks; an image without a name has the tags `null`, as Docker's.
    ///
    /// - Parameter manifests: The images in their order.
    /// - Returns: The file.
    package static func encode(_ manifests: [DockerManifest]) -> [UInt8] {
        JSONValue.array(manifests.map(\.json)).encoded(sortedKeys: true)
    }

    private var json: JSONValue {
        var json: JSONObject = [
            "Config": .string(config),
            "RepoTags": repoTags.isEmpty ? .null : .array(repoTags.map { .string($0) }),
            "Layers": .array(layers.map { .string($0) }),
        ]
        if !layerSources.isEmpty {
            json["LayerSources"] = .object(JSONObject(layerSources.map { ($0.key.description, $0.value.json) }))
        }
        return .object(json)
    }
}
