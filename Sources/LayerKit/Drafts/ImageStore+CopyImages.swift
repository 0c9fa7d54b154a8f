import LayerStorage
import LayerSystem

extension ImageStore {
    /// Copies images into another store.
    ///
    /// What the other store has is not read. Layers are verified on the way; their files share blocks where both stores lie on one file system
    /// that can do it. Compressed bytes and manifests that were kept are kept there too.
    ///
    /// - Parameters:
    ///   - names: Names with a tag; names without, for all tags of a repository; IDs, for images without a name.
    ///   - other: The other store.
    ///   - onEvent: Gets told how far the work is, from several threads.
    /// - Returns: What was done.
    /// - Throws: `LayerError`: `notFound`; `corrupt` for a damaged layer.
    public func copy(
        _ names: [String],
        to other: ImageStore,
        onEvent: @escaping @Sendable (LoadEvent) -> Void = { _ in }
    ) throws(LayerError) -> LoadReport {
        try LayerError.catching {
            let transaction = try store.beginReading()
            defer { withExtendedLifetime(transaction) {} }
            let selection = try SaveSelection(names, in: store)
            let drafts = try selection.images.map { try draft($0.image, $0.references) }
            return try other.add(drafts, keepsBlobs: true, onEvent: onEvent)
        }
    }
}
