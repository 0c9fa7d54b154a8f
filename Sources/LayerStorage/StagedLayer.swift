package import LayerModel
package import LayerSystem
package import LayerTree

/// A layer that is unpacked in the staging directory and waits to be published.
package struct StagedLayer: Sendable {
    /// The directory, with `tree` and `index` in it.
    package let directory: Directory
    /// The directory's name in the staging directory of its transaction.
    package let name: String
    /// What the layer is and adds up to.
    package let summary: LayerSummary
    /// The stack up to the layer.
    package let chainID: ChainID
    /// Whether the tree marks opaque directories in the `user.` namespace rather than in `trusted.`.
    package let usesUserAttributes: Bool
    /// Whether root unpacked it.
    package let isPrivileged: Bool
    /// The bytes that the layer was unpacked from.
    package let blob: LayerBlob?

    /// Describes a layer.
    package init(
        directory: Directory,
        name: String,
        summary: LayerSummary,
        chainID: ChainID,
        usesUserAttributes: Bool,
        isPrivileged: Bool,
        blob: LayerBlob?
    ) {
        self.directory = directory
        self.name = name
        self.summary = summary
        self.chainID = chainID
        self.usesUserAttributes = usesUserAttributes
        self.isPrivileged = isPrivileged
        self.blob = blob
    }

    /// The name that the layer gets.
    package var key: LayerKey { summary.isSelfContained ? LayerKey(summary.diffID) : LayerKey(chainID) }
}
