import LayerSystem
package import LayerTree

extension LowerStack {
    /// Opens layers of a store as a stack.
    ///
    /// - Parameters:
    ///   - keys: The layers, the lowest first.
    ///   - store: The store.
    /// - Throws: `StorageError` of kind `corrupt` for a layer that is not there, `TreeError.damagedIndex`, `SystemError`.
    package convenience init(_ keys: [LayerKey], in store: LayerStore) throws {
        let isRoot = UpperForm.ofThisProcess.hasExactOwners
        var layers: [StackedLayer] = []
        var seen: Set<LayerKey> = []
        for key in keys.reversed() where seen.insert(key).inserted {
            guard let record = try store.intactLayer(key), let directory = try store.layerDirectory(key) else {
                let reason = "layer \(key.digest) is missing or damaged: load its image again"
                throw StorageError(.corrupt, "", reason)
            }
            let index = try LayerIndex(MappedFile(directory.openFile(LayerUnpacker.indexName)))
            let tree = try directory.open(LayerUnpacker.treeName)
            layers.append(StackedLayer(index: index, tree: tree, isExact: isRoot && record.isPrivileged))
            if record.summary.isRootOpaque { break }
        }
        self.init(layers)
    }
}
