import LayerModel

/// What Go's `json.Marshal` makes of the structures that Docker 20.10 reads a legacy config into.
///
/// Source: moby 20.10 `image/image.go` (`V1Image`, `History`), `image/rootfs.go`.
enum LegacyEncoding {
    /// Encodes a value with the escapes of the Go that Docker 20.10 is built with.
    static func encode(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter(escapesHTML: true, hasShortControlEscapes: false)
        writer.write(value, depth: 0)
        return writer.bytes
    }

    static func rootfs(_ diffIDs: [DiffID]) -> JSONValue {
        var rootfs: JSONObject = ["type": "layers"]
        if !diffIDs.isEmpty { rootfs["diff_ids"] = .array(diffIDs.map { .string($0.description) }) }
        return .object(rootfs)
    }

    static func history(_ entry: HistoryEntry) -> JSONValue {
        let created = entry.createdText.flatMap { RFC3339Time(parsing: $0) } ?? .goZero
        var object: JSONObject = ["created": .string(created.description)]
        for (key, text) in [("author", entry.author), ("created_by", entry.createdBy), ("comment", entry.comment)] {
            if let text, !text.isEmpty { object[key] = .string(text) }
        }
        if entry.isEmptyLayer { object["empty_layer"] = true }
        return .object(object)
    }

    /// The structure `V1Image`, without the members that are dropped from it later.
    static func image(_ node: SpecNode) throws(SpecError) -> JSONObject {
        var image = JSONObject()
        for key in ["comment", "container", "docker_version", "author", "architecture", "variant", "os"] {
            if let text = try node.text(key) { image[key] = .string(text) }
        }
        image["created"] = .string(try time(node).description)
        image["container_config"] = .object(try LegacyContainerConfig.encoded(try node.member("container_config")))
        if let config = try node.member("config") {
            image["config"] = .object(try LegacyContainerConfig.encoded(config))
        }
        return image
    }

    /// The member `created`; Go's zero time when it is absent or `null`.
    static func time(_ node: SpecNode) throws(SpecError) -> RFC3339Time {
        guard let member = try node.member("created") else { return .goZero }
        guard let time = RFC3339Time(parsing: try member.string()) else {
            throw member.error(.invalid("no RFC 3339 time"))
        }
        return time
    }

    /// A command: an array, or one text, which counts as an array of one; nil when it is absent or `null`.
    ///
    /// Source: moby `api/types/strslice/strslice.go`.
    static func words(_ node: SpecNode, _ key: String) throws(SpecError) -> [String]? {
        guard let member = try node.member(key) else { return nil }
        if let text = member.value.stringValue { return [text] }
        return try texts(node, key)
    }

    /// An array of texts, in which `null` is the empty text; nil when it is absent or `null`.
    static func texts(_ node: SpecNode, _ key: String) throws(SpecError) -> [String]? {
        guard let elements = try node.member(key)?.array(nil) else { return nil }
        var texts: [String] = []
        for element in elements { texts.append(element.value.isNull ? "" : try element.string()) }
        return texts
    }
}
