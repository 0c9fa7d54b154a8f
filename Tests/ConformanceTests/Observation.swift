/// What a driver showed of a case.
struct Observation: Codable {
    /// One container.
    struct Container: Codable {
        /// Before anything was done.
        var before: ShownTree
        /// After the edits, as the driver shows it.
        var shown: ShownTree
        /// The same when the driver has gone, read through the layers.
        var kept: ShownTree
        /// What `diff` says while the driver is there.
        var changes: [String]
        /// What it says afterwards.
        var keptChanges: [String]
        /// The layer that a commit makes; nil for none.
        var diffID: String?
        /// The committed image's tree.
        var committed: ShownTree?
    }

    /// The containers, one made of what was committed of the one before.
    var containers: [Container] = []
    /// What ended it.
    var fault: String?
}
