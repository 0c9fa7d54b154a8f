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
    /// - Parameter bytes: The file.
    /// - Throws: `SpecError` with the place of the first fault; an ID that is none is one.
    public init(parsing bytes: [UInt8]) throws(SpecError) {
        let node = try SpecNode(document: "repositories", parsing: bytes)
        var entries: [Entry] = []
        for (name, tags) in try node.members(limit: SpecLimits.nameCount) {
            for (tag, id) in try tags.members(limit: SpecLimits.nameCount) {
                entries.append(Entry(name: name, tag: tag, layerID: try LegacyConfig.id(id)))
            }
        }
        guard entries.count <= SpecLimits.nameCount else { throw node.error(.tooMany(limit: SpecLimits.nameCount)) }
        self.entries = entries
    }
}
