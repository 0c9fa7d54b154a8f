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
            guard let record = try store.intactLayer(key), let directory = try store.layerDirectory(key) else {
                let reason = "layer \(key.digest) is missing or damaged: load its image again"
                throw StorageError(.corrupt, "", reason)
            }
            found.append(FoundLayer(directory: directory, isPrivileged: record.isPrivileged))
            if record.summary.isRootOpaque { break }
        }
        self.init(try Self.opened(found))
    }

    private struct FoundLayer: Sendable {
        let directory: Directory
        let isPrivileged: Bool
    }

    private static func opened(_ found: [FoundLayer]) throws -> [StackedLayer] {
        let isRoot = UpperForm.ofThisProcess.hasExactOwners
        let layers = Mutex<[Int: StackedLayer]>([:])
        try WorkerPool.run(workers: min(found.count, WorkerPool.processorCount), jobs: found.count) { place in
            let directory = found[place].directory
            let index = try LayerIndex(MappedFile(directory.openFile(LayerUnpacker.indexName)))
            let tree = try directory.open(LayerUnpacker.treeName)
            let layer = StackedLayer(index: index, tree: tree, isExact: isRoot && found[place].isPrivileged)
            layers.withLock { $0[place] = layer }
        }
        return layers.withLock { layers in found.indices.compactMap { layers[$0] } }
    }
}
