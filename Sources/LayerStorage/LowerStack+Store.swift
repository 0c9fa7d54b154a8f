import LayerSystem
package import LayerTree
import Synchronization

extension LowerStack {
    /// Opens layers of a store as a stack; their indexes are read by several threads.
    ///
    /// - Parameters:
    ///   - keys: The layers, the lowest first.
    ///   - store: The store.
    /// - Throws: `StorageError` of kind `corrupt` for a layer that is not there, `TreeError.damagedIndex`, `SystemError`.
    package convenience init(_ keys: [LayerKey], in store: LayerStore) throws {
        var found: [FoundLayer] = []
        var seen: Set<LayerKey> = []
        for key in keys.reversed() where seen.insert(key).inserted {
            let layer = try FoundLayer(key, in: store)
            found.append(layer)
            if layer.record.summary.isRootOpaque { break }
        }
        self.init(try FoundLayer.open(found))
    }
}

extension StackedLayer {
    /// Opens layers of a store; their indexes are read by several threads.
    ///
    /// - Parameters:
    ///   - keys: The layers, each once.
    ///   - store: The store.
    /// - Returns: The layers in the same order.
    /// - Throws: `StorageError` of kind `corrupt` for a layer that is not there, `TreeError.damagedIndex`, `SystemError`.
    package static func opened(_ keys: [LayerKey], in store: LayerStore) throws -> [StackedLayer] {
        try FoundLayer.open(keys.map { try FoundLayer($0, in: store) })
    }
}

/// A layer of the store that is there as far as a look can tell.
private struct FoundLayer: Sendable {
    let record: LayerRecord
    private let directory: Directory

    init(_ key: LayerKey, in store: LayerStore) throws {
        guard let record = try store.trustedLayer(key), let directory = try store.layerDirectory(key) else {
            let reason = "layer \(key.digest) is missing or damaged: load its image again"
            throw StorageError(.corrupt, "", reason)
        }
        self.record = record
        self.directory = directory
    }

    static func open(_ found: [FoundLayer]) throws -> [StackedLayer] {
        let isRoot = UpperForm.ofThisProcess.hasExactOwners
        let layers = Mutex([StackedLayer?](repeating: nil, count: found.count))
        try WorkerPool.run(workers: min(found.count, WorkerPool.processorCount), jobs: found.count) { place in
            let directory = found[place].directory
            let index = try LayerIndex(MappedFile(directory.openFile(LayerUnpacker.indexName)))
            let tree = try directory.open(LayerUnpacker.treeName)
            let layer = StackedLayer(index: index, tree: tree, isExact: isRoot && found[place].record.isPrivileged)
            layers.withLock { $0[place] = layer }
        }
        return layers.withLock { $0.compactMap(\.self) }
    }
}
