package import LayerModel

extension TreeChange {
    /// What a layer is to say of the root itself, before all other changes.
    ///
    /// - Parameter attributes: The root's attributes.
    /// - Returns: The change.
    package static func root(_ attributes: FileAttributes) -> TreeChange {
        var change = TreeChange(.changed, .root, .directory, depth: 0)
        change.attributes = attributes
        return change
    }
}
