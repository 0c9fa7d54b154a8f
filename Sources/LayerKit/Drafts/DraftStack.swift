import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

/// Layers of a draft, opened as a stack: where they lie in their store, or unpacked for the moment.
final class DraftStack {
    /// The layers, the nearest first; each place of the draft is one here, whatever lies there twice or is hidden.
    let lowers: LowerStack
    /// What holds the unpacked layers.
    private let scratch: ScratchStore?

    /// Opens layers.
    ///
    /// - Parameter layers: The layers, the lowest first.
    /// - Throws: `LayerError`: `corrupt` for a layer that is not what its digests say.
    init(_ layers: [DraftLayer]) throws {
        let stored = layers.compactMap { $0.source as? RecreatedLayer }
        var directories: [Directory] = []
        if stored.count == layers.count {
            scratch = nil
            for layer in stored {
                guard let directory = try layer.store.layerDirectory(layer.layer.key) else {
                    throw LayerError(.corrupt, "layer \(layer.diffID) is not in the store any more")
                }
                directories.append(directory)
            }
        } else {
            let scratch = try ScratchStore()
            directories = try scratch.unpack(layers)
            self.scratch = scratch
        }
        lowers = LowerStack(
            try directories.reversed().map { directory in
                let index = try LayerIndex(MappedFile(directory.openFile(LayerUnpacker.indexName)))
                return StackedLayer(index: index, tree: try directory.open(LayerUnpacker.treeName), isExact: false)
            }
        )
    }
}

/// A store for the moment, among the large temporary files.
private final class ScratchStore {
    private let parent: Directory
    private let name: String
    private let store: LayerStore
    private var transaction: StoreTransaction?

    init() throws {
        parent = try Directory(path: Host.temporaryPath)
        name = try TemporaryName.make(prefix: "layerctl-")
        store = try LayerStore(path: "\(Host.temporaryPath)/\(name)", access: .writing)
        transaction = try store.begin()
    }

    deinit {
        transaction = nil
        do {
            try parent.removeTree(name)
        } catch {
            // Nobody is left to tell it to, and nothing but room is lost.
        }
    }

    /// Unpacks layers, nothing of which is ever published.
    func unpack(_ layers: [DraftLayer]) throws -> [Directory] {
        guard let transaction else { return [] }
        let stack = layers.map(\.source)
        let plan = try LoadPlan([stack], store)
        let unpacking = LayerUnpacking(transaction, settings: .ofThisProcess, limits: layers[0].source.limits) { _ in }
        try unpacking.run(plan.missing, workers: WorkerPool.processorCount)
        let assembly = StackAssembly(store, unpacking, settings: .ofThisProcess)
        let records = try assembly.assemble(stack)
        var directories: [LayerKey: Directory] = [:]
        for layer in assembly.staged { directories[layer.key] = layer.directory }
        return records.compactMap { directories[$0.key] }
    }
}
