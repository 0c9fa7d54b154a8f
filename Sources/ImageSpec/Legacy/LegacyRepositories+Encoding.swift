extension LegacyRepositories {
    /// Writes the file as Docker does since v25: the digits of the top layer's DiffID stand where the legacy ID stood.
    ///
    /// Source: moby `daemon/internal/image/tarexport/save.go`.
    ///
    /// - Parameter entries: Repository in familiar form, tag, and digits of the top layer.
    /// - Returns: The file, with sorted keys and without blanks.
    package static func encode(_ entries: [(name: String, tag: String, layerID: String)]) -> [UInt8] {
        var tags: [String: JSONObject] = [:]
        for entry in entries { tags[entry.name, default: JSONObject()][entry.tag] = .string(entry.layerID) }
        return JSONValue.object(JSONObject(tags.map { ($0.key, .object($0.value)) })).encoded(sortedKeys: true)
    }
}
