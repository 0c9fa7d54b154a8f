public import LayerModel

/// The file `repositories` of archives from before Docker 1.10: names, and the legacy ID of each one's top layer.
///
/// Source: moby `image/tarexport/load.go` (`legacyLoad`).
public struct LegacyRepositories: Hashable, Sendable {
    /// One name.
    public struct Entry: Hashable, Sendable {
        /// The repository as it is written.
        public let name: String
        /// The tag as it is written.
        public let tag: String
        /// The legacy ID of the top layer, 64 hexadecimal digits.
        public let layerID: String
    }

    /// All names in the order of the file.
    public let entries: [Entry]

    /// Reads the file.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - limits: What is too much.
    /// - Throws: `SpecError` with the place of the first fault; an ID that is none is one.
    public init(parsing bytes: [UInt8], limits: InputLimits = .standard) throws(SpecError) {
        let node = try SpecNode(document: "repositories", parsing: bytes, limits: limits)
        var entries: [Entry] = []
        for (name, tags) in try node.members(.repositories) {
            for (tag, id) in try tags.members(.repositories) {
                entries.append(Entry(name: name, tag: tag, layerID: try LegacyConfig.id(id)))
            }
        }
        guard entries.count <= limits.count(.repositories) else { throw node.tooMany(.repositories) }
        self.entries = entries
    }
}
