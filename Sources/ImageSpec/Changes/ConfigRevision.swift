public import LayerModel

/// The config of an image while its layers, its history or its settings are changed, and what no change names stays as it is.
///
/// Written, as that of a commit, with sorted keys and without blanks (contract L-105). Each layer keeps the row of the history that made
/// it; a layer that no row claims gets an empty one, or else the rows that are added would claim it.
public struct ConfigRevision: Hashable, Sendable {
    /// The identities of the layers, the lowest first.
    public private(set) var diffIDs: [DiffID]
    /// The member `config`.
    public var settings: JSONObject
    /// Who made the image; nil for what the base says.
    public var author: String?
    /// When the image was made; nil for what the base says.
    public var created: Timestamp?
    private var rows: [JSONObject]
    private let base: ImageConfig

    /// Begins with a config as it is.
    ///
    /// - Parameter base: The config.
    /// - Throws: `SpecError` when its history claims more layers than there are.
    public init(_ base: ImageConfig) throws(SpecError) {
        self.base = base
        diffIDs = base.diffIDs
        settings = base.config
        let claimed = try base.layerIndexes().count { $0 != nil }
        rows = (base.json["history"]?.arrayValue ?? []).map { $0.objectValue ?? JSONObject() }
        if !rows.isEmpty {
            rows += Array(repeating: JSONObject(), count: base.diffIDs.count - claimed)
        }
    }

    /// Adds a step that makes a layer on top of all, or none.
    ///
    /// - Parameters:
    ///   - diffID: The layer; nil for a step that makes none.
    ///   - step: What the history says of it.
    public mutating func append(_ diffID: DiffID?, _ step: CommitStep) {
        if diffID != nil { claimAll() }
        rows.append(step.object(isEmpty: diffID == nil))
        if let diffID { diffIDs.append(diffID) }
        created = step.created
    }

    /// Puts one layer in the place of several that stand above each other; the steps that made them stay, and make none.
    ///
    /// - Parameters:
    ///   - places: The places of the layers, the lowest 0.
    ///   - diffID: The layer.
    ///   - step: What the history says of it, behind the last of the former steps.
    public mutating func squash(_ places: Range<Int>, into diffID: DiffID, _ step: CommitStep) {
        claimAll()
        let claims = rows.indices.filter { !isEmpty(rows[$0]) }[places]
        for row in claims { rows[row]["empty_layer"] = true }
        rows.insert(step.object(isEmpty: false), at: (claims.last ?? rows.count - 1) + 1)
        diffIDs.replaceSubrange(places, with: [diffID])
        created = step.created
    }

    /// Gives layers other identities, in their places.
    ///
    /// - Parameter diffIDs: As many as there are layers.
    public mutating func replaceLayers(by diffIDs: [DiffID]) {
        precondition(diffIDs.count == self.diffIDs.count, "a layer in place of each")
        self.diffIDs = diffIDs
    }

    /// Puts the layers above a base on top of another base, and their steps behind its steps.
    ///
    /// - Parameters:
    ///   - old: The base whose layers are the lowest ones here.
    ///   - new: The other base.
    /// - Throws: `SpecError` when the history of one of them claims more layers than there are.
    public mutating func rebase(from old: ImageConfig, onto new: ImageConfig) throws(SpecError) {
        var (old, new) = (try ConfigRevision(old), try ConfigRevision(new))
        // A base may tell less than it has layers: then the image's first steps are not its.
        claimAll()
        old.claimAll()
        new.claimAll()
        rows = new.rows + rows[ownRowsStart(over: old)...]
        diffIDs = new.diffIDs + diffIDs[old.diffIDs.count...]
    }

    /// The config as it is written.
    ///
    /// - Returns: The config, read again.
    /// - Throws: `SpecError` when there are more layers than an image may have.
    public func config() throws(SpecError) -> ImageConfig {
        var object = base.json
        for key in CommittedConfig.staleMembers { object[key] = nil }
        if let created { object["created"] = .string(created.rfc3339()) }
        if let author { object["author"] = .string(author) }
        object["config"] = .object(settings)
        var rootfs = base.json["rootfs"]?.objectValue ?? JSONObject()
        rootfs["diff_ids"] = .array(diffIDs.map { .string($0.description) })
        object["rootfs"] = .object(rootfs)
        if !rows.isEmpty || object["history"] != nil { object["history"] = .array(rows.map { .object($0) }) }
        return try ImageConfig(parsing: JSONValue.object(object).encoded(sortedKeys: true))
    }

    /// Where the steps begin that are not those of a base: behind all of its steps where they are the first ones here, or else behind the one
    /// that made the last of its layers.
    private func ownRowsStart(over old: ConfigRevision) -> Int {
        if rows.starts(with: old.rows) { return old.rows.count }
        guard let last = old.diffIDs.indices.last else { return 0 }
        let claims = rows.indices.filter { !isEmpty(rows[$0]) }
        return claims[last] + 1
    }

    /// Lets every layer have a row of its own.
    private mutating func claimAll() {
        let claimed = rows.count { !isEmpty($0) }
        rows += Array(repeating: JSONObject(), count: max(0, diffIDs.count - claimed))
    }

    private func isEmpty(_ row: JSONObject) -> Bool { row["empty_layer"] == .bool(true) }
}
