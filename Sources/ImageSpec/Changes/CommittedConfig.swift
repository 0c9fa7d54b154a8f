import LayerModel

/// The config of an image that a commit makes.
///
/// Written with sorted keys and without blanks (contract L-105). What a base has beside the members that are set here is
/// kept, but for those in which Docker before version 25 names the container that the base was made from.
///
/// Source: moby `daemon/containerd/image_commit.go`, `image/image.go` (`NewChildImage`), `daemon/images/image_squash.go`.
public struct CommittedConfig: Hashable, Sendable {
    /// What is true of the base's own making only.
    static let staleMembers = ["id", "parent", "container", "container_config", "comment"]

    /// The config as it was written and read again.
    public let config: ImageConfig

    /// The bytes of the config; their digest is the image ID.
    public var bytes: [UInt8] { config.bytes }

    /// Makes the config of an image.
    ///
    /// - Parameters:
    ///   - base: The config of the image that the container was made from; nil when there is none.
    ///   - platform: What the image runs on, where the base does not say it.
    ///   - runConfig: The member `config`.
    ///   - layers: What is done to the layers.
    ///   - step: What the history says of it; without an author the base's author is taken.
    /// - Throws: `SpecError` when the base's history has more steps with layers than there are layers, or when there are
    ///   more layers than an image may have.
    public init(
        base: ImageConfig?,
        platform: Platform,
        config runConfig: JSONObject,
        layers: CommittedLayers,
        step: CommitStep
    ) throws(SpecError) {
        var object = base?.json ?? JSONObject()
        for key in Self.staleMembers { object[key] = nil }
        Self.fill(&object, from: platform, base: base)
        let author = step.author ?? base?.author
        object["created"] = .string(step.created.rfc3339())
        object["author"] = author.map { .string($0) }
        object["config"] = .object(runConfig)
        object["rootfs"] = .object(Self.rootfs(base, layers))
        object["history"] = .array(
            try Self.history(base, layers) + [.object(step.object(author: author, isEmpty: layers == .unchanged))]
        )
        config = try ImageConfig(parsing: JSONValue.object(object).encoded(sortedKeys: true))
    }

    private static func fill(_ object: inout JSONObject, from platform: Platform, base: ImageConfig?) {
        // A variant belongs to an architecture: half of one platform and half of another would be none.
        let isArchitectureKnown = base?.architecture != nil
        if !isArchitectureKnown {
            object["architecture"] = .string(platform.architecture)
            object["variant"] = platform.variant.map { .string($0) }
        }
        if base?.os == nil {
            object["os"] = .string(platform.os)
            object["os.version"] = platform.osVersion.map { .string($0) }
        }
    }

    private static func rootfs(_ base: ImageConfig?, _ layers: CommittedLayers) -> JSONObject {
        let diffIDs: [DiffID] =
            switch layers {
            case .unchanged: base?.diffIDs ?? []
            case .added(let diffID): (base?.diffIDs ?? []) + [diffID]
            case .squashed(let diffID): [diffID]
            }
        var rootfs = base?.json["rootfs"]?.objectValue ?? JSONObject()
        rootfs["type"] = "layers"
        rootfs["diff_ids"] = .array(diffIDs.map { .string($0.description) })
        return rootfs
    }

    /// The steps of the base, each with all that it has.
    private static func history(_ base: ImageConfig?, _ layers: CommittedLayers) throws(SpecError) -> [JSONValue] {
        guard let base else { return [] }
        var rows = base.json["history"]?.arrayValue ?? []
        switch layers {
        case .unchanged: break
        case .added:
            // Steps claim layers in their order: those that no step has claimed get one, or the new step would claim them.
            let claimed = try base.layerIndexes().count { $0 != nil }
            rows += Array(repeating: .object(JSONObject()), count: base.diffIDs.count - claimed)
        case .squashed:
            rows = rows.map { row in
                var row = row.objectValue ?? JSONObject()
                row["empty_layer"] = true
                return .object(row)
            }
        }
        return rows
    }
}
