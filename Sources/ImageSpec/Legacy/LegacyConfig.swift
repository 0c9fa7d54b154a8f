public import LayerModel

/// The file `<id>/json` of archives from before Docker 1.10: one layer, and the image that ends with it.
///
/// Source: moby 20.10 `image/tarexport/load.go` (`legacyLoadImage`), `image/v1/imagev1.go`.
public struct LegacyConfig: Hashable, Sendable {
    /// The file's own bytes.
    public let bytes: [UInt8]
    /// The legacy ID that the file names, 64 hexadecimal digits; the directory's name counts, not this.
    public let id: String?
    /// The legacy ID of the layer below, 64 hexadecimal digits.
    public let parentID: String?
    /// The operating system, if it is named.
    public let os: String?
    /// The version of Docker that made the image, empty when it is not named.
    public let dockerVersion: String
    /// What the history of an image says of this layer.
    public let historyEntry: HistoryEntry

    let document: String

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - document: What errors call it.
    ///   - limits: What is too much.
    /// - Throws: `SpecError` with the place of the first fault, a time that cannot be read included, as Docker does.
    public init(
        parsing bytes: [UInt8],
        document: String = "legacy config",
        limits: InputLimits = .standard
    ) throws(SpecError) {
        let node = try SpecNode(document: document, parsing: bytes, limits: limits)
        self.bytes = bytes
        self.document = document
        id = try Self.optionalID(node, "id")
        parentID = try Self.optionalID(node, "parent")
        os = try node.text("os")
        dockerVersion = try node.text("docker_version") ?? ""
        let command = try node.member("container_config").map { container throws(SpecError) in
            try LegacyEncoding.words(container, "Cmd") ?? []
        }
        historyEntry = HistoryEntry(
            createdText: try LegacyEncoding.time(node).description,
            createdBy: command.map { $0.joined(separator: " ") }.flatMap { $0.isEmpty ? nil : $0 },
            author: try node.text("author"),
            comment: try node.text("comment")
        )
    }

    /// Makes the config of the image that ends with this layer, byte for byte as Docker 20.10 does when it loads the archive,
    /// so that the image gets the same ID.
    ///
    /// - Parameters:
    ///   - diffIDs: The layers' identities, the lowest first, this one last.
    ///   - history: One entry a layer.
    /// - Returns: The config.
    /// - Throws: `SpecError` when a member that Docker would read is of another type.
    public func imageConfig(diffIDs: [DiffID], history: [HistoryEntry]) throws(SpecError) -> [UInt8] {
        let dropped = ["id", "parent", "Size", "parent_id", "layer_id", "throwaway", "rootfs", "history"]
        var members = try topLevelMembers().filter { !dropped.contains($0.key) }
        members.append(("rootfs", LegacyEncoding.encode(LegacyEncoding.rootfs(diffIDs))))
        members.append(("history", LegacyEncoding.encode(.array(history.map(LegacyEncoding.history)))))
        members.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        var config: [UInt8] = []
        for (key, value) in members {
            config.append(config.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
            config += LegacyEncoding.encode(.string(key)) + [UInt8(ascii: ":")] + value
        }
        return config + [UInt8(ascii: "}")]
    }

    /// The members with their values encoded: as they are written, or through Docker's structures when a Docker before 1.8.3
    /// wrote them, whose blank members those left out.
    private func topLevelMembers() throws(SpecError) -> [(key: String, value: [UInt8])] {
        if Self.isBefore(dockerVersion, "1.8.3") {
            let image = try LegacyEncoding.image(try SpecNode(document: document, parsing: bytes, limits: .unlimited))
            return image.members.map { ($0.key, LegacyEncoding.encode($0.value)) }
        }
        do throws(JSONError) {
            var parser = try JSONParser(bytes, limits: JSONLimits(.unlimited))
            let members = try parser.rawMembers() ?? []
            return members.map { ($0.key, JSONCompactor.compact(bytes[$0.range])) }
        } catch { throw SpecError(document: document, path: "", reason: .json(error)) }
    }

    /// An ID of 64 hexadecimal digits at a place.
    static func id(_ node: SpecNode) throws(SpecError) -> String {
        let text = try node.string()
        guard ReferenceGrammar.isIdentifier(text.utf8) else { throw node.error(.invalid("no image ID: \"\(text)\"")) }
        return text
    }

    private static func optionalID(_ node: SpecNode, _ key: String) throws(SpecError) -> String? {
        guard let member = try node.member(key), try !member.string().isEmpty else { return nil }
        return try id(member)
    }

    /// Whether a version is lower, part by part; what is no number counts as 0.
    ///
    /// Source: moby `api/types/versions/compare.go`.
    static func isBefore(_ version: String, _ other: String) -> Bool {
        func numbers(_ text: String) -> [Int] {
            text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        }
        let left = numbers(version)
        let right = numbers(other)
        for place in 0..<max(left.count, right.count) {
            let (one, two) = (left.dropFirst(place).first ?? 0, right.dropFirst(place).first ?? 0)
            if one != two { return one < two }
        }
        return false
    }
}
