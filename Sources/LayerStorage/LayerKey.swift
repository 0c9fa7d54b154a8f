package import LayerModel

/// The name of a layer's directory: its DiffID, or the ChainID of one that depends on what lies below it.
package struct LayerKey: Hashable, Sendable {
    /// The digest that names the directory.
    package let digest: Digest

    /// The key of a layer that means the same on any base.
    package init(_ diffID: DiffID) { digest = diffID.digest }

    /// The key of a layer that does not.
    package init(_ chainID: ChainID) { digest = chainID.digest }

    init(_ digest: Digest) { self.digest = digest }
}
