import LayerModel

extension SpecNode {
    /// The text of an optional member; nil when it is absent, `null` or empty.
    func text(_ key: String) throws(SpecError) -> String? {
        guard let text = try member(key)?.string(), !text.isEmpty else { return nil }
        return text
    }

    /// The texts of an optional array; none when it is absent or `null`.
    func texts(_ key: String, _ limit: InputLimit) throws(SpecError) -> [String] {
        guard let nodes = try member(key)?.array(limit) else { return [] }
        var texts: [String] = []
        for node in nodes { texts.append(try node.string()) }
        return texts
    }

    /// An optional map of texts; empty when it is absent or `null`.
    func textMap(_ key: String) throws(SpecError) -> [String: String] {
        guard let node = try member(key) else { return [:] }
        var map: [String: String] = [:]
        for (key, node) in try node.members(nil) { map[key] = try node.string() }
        return map
    }

    /// The descriptor of an optional member.
    func descriptor(_ key: String) throws(SpecError) -> Descriptor? {
        guard let node = try member(key) else { return nil }
        return try Descriptor(node)
    }

    /// Refuses a member that makes a document two things at once.
    ///
    /// Source: CVE-2021-41190, "manifest and index confusion".
    func refuse(_ keys: [String], in kind: String) throws(SpecError) {
        for key in keys where has(key) { throw error(.invalid("\(kind) that has \"\(key)\": ambiguous")) }
    }

    /// Checks the version of the schema, which has to be there and 2.
    func checkSchemaVersion() throws(SpecError) {
        let node = try required("schemaVersion")
        let version = try node.int64()
        guard version == 2 else { throw node.error(.invalid("unsupported schema version \(version)")) }
    }
}
