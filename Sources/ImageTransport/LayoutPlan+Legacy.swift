import ImageSpec
import LayerArchive
import LayerModel

/// ```
/// <image>.json              the config
/// <layer>/VERSION           "1.0"
/// <layer>/json              what Docker before 1.10 knew of the layer, its parent in it
/// <layer>/layer.tar         the layer, or a link to the directory that has it
/// manifest.json             which config and which layers are an image
/// repositories              names, for Docker before 1.10
/// ```
///
/// Source: moby v24 `image/tarexport/save.go`, `image/v1/imagev1.go`.
extension LayoutPlan {
    mutating func addLegacy(_ images: [OutgoingImage]) {
        var holders: [DiffID: String] = [:]
        var names: [(name: String, tag: String, layerID: String)] = []
        var manifests: [DockerManifest] = []
        for image in images {
            contents["\(image.id.digest.hex).json"] = .document(image.config.bytes)
            var parent: String?
            var members: [String] = []
            let chain = ChainID.of(image.layers.map(\.diffID))
            for (position, layer) in image.layers.enumerated() {
                let isTop = position == image.layers.count - 1
                let json = Self.legacyJSON(isTop ? image.config : nil, parent: parent)
                let id = Self.legacyID(json, chain[position])
                addLegacyLayer(layer, id, json, &holders)
                members.append("\(id)/layer.tar")
                parent = id
            }
            manifests.append(
                DockerManifest(
                    config: "\(image.id.digest.hex).json",
                    repoTags: image.references.map(\.familiar),
                    layers: members,
                    layerSources: [:]
                )
            )
            guard let parent else { continue }
            names += image.references.map { ($0.familiarName, $0.tag ?? ImageReference.defaultTag, parent) }
        }
        contents["manifest.json"] = .document(DockerManifest.encode(manifests))
        if !names.isEmpty { contents["repositories"] = .document(LegacyRepositories.encode(names)) }
    }

    private mutating func addLegacyLayer(
        _ layer: OutgoingLayer,
        _ id: String,
        _ json: JSONObject,
        _ holders: inout [DiffID: String]
    ) {
        guard contents[id] == nil else { return }
        contents[id] = .directory
        contents["\(id)/VERSION"] = .document(Array("1.0".utf8))
        var json = json
        json["id"] = .string(id)
        contents["\(id)/json"] = .document(JSONValue.object(json).encoded(sortedKeys: true))
        if let holder = holders[layer.diffID] {
            contents["\(id)/layer.tar"] = .link(target: "../\(holder)/layer.tar")
        } else {
            contents["\(id)/layer.tar"] = .layer(layer)
            holders[layer.diffID] = id
        }
    }

    /// What is said of a layer: of the top one all that the config says of the image, of the others no more than that they are there.
    private static func legacyJSON(_ config: ImageConfig?, parent: String?) -> JSONObject {
        var json: JSONObject = config?.json ?? ["created": "1970-01-01T00:00:00Z", "os": "linux"]
        for key in ["rootfs", "history"] { json[key] = nil }
        json["parent"] = parent.map { .string($0) }
        return json
    }

    /// A name that depends on the layer, those below it, and what is said of it; no Docker checks how it came about.
    private static func legacyID(_ json: JSONObject, _ chainID: ChainID) -> String {
        var json = json
        json["layer_id"] = .string(chainID.description)
        return Digest.sha256(of: JSONValue.object(json).encoded(sortedKeys: true)).hex
    }
}
