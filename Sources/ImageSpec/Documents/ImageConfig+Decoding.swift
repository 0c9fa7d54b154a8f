import LayerModel

extension ImageConfig {
    /// The object `config`, which may hold anything but NUL characters: no command, variable or path can have one.
    static func config(_ node: SpecNode?) throws(SpecError) -> JSONObject {
        guard let node else { return JSONObject() }
        let config = try node.object()
        guard !hasNUL(.object(config)) else { throw node.error(.invalid("NUL character in a text")) }
        return config
    }

    static func diffIDs(_ node: SpecNode) throws(SpecError) -> [DiffID] {
        let type = try node.required("type")
        guard try type.string() == "layers" else { throw type.error(.invalid("rootfs type other than \"layers\"")) }
        var diffIDs: [DiffID] = []
        for element in try node.member("diff_ids")?.array(.manifestLayers) ?? [] {
            diffIDs.append(DiffID(try element.digest()))
        }
        return diffIDs
    }

    private static func hasNUL(_ value: JSONValue) -> Bool {
        switch value {
        case .null, .bool, .number: false
        case .string(let text): text.utf8.contains(0)
        case .array(let elements): elements.contains(where: hasNUL)
        case .object(let object): object.members.contains { $0.key.utf8.contains(0) || hasNUL($0.value) }
        }
    }
}
