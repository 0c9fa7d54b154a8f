import ImageTransport
import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree
import Synchronization

/// The secrets in the contents of layers, each read once, several at a time.
///
/// A layer of a file is read as it lies there, one of the store is made again as the tar that it was: both are verified, and both are looked
/// at by the same code, so that the answers are the same.
final class LayerInspection: Sendable {
    private let found = Mutex<[DiffID: [ContentInspector.Found]]>([:])

    /// What was found in a layer, in the order of its tar.
    func secrets(in layer: DiffID) -> [ContentInspector.Found] { found.withLock { $0[layer] ?? [] } }

    /// Reads a layer of a file.
    ///
    /// - Parameter layer: The layer.
    /// - Returns: What its index is made of.
    /// - Throws: What reading met, and where blob or DiffID are not as declared.
    func index(_ layer: ArchiveLayer) throws -> TarIndexer {
        let inspector = ContentInspector()
        let limits = ArchiveLimits(layer.limits)
        let indexer = TarIndexer(readsContent: false, observer: inspector, limits: limits) {
            try layer.openForScanning()
        }
        let stream = try layer.openUncompressed(readsAhead: true)
        try indexer.read(stream.source)
        _ = try stream.finish()
        found.withLock { $0[layer.diffID] = inspector.found }
        return indexer
    }

    /// Reads layers of the store.
    ///
    /// - Parameters:
    ///   - layers: The layers.
    ///   - store: The store.
    /// - Throws: `LayerError` that names a damaged file.
    func read(_ layers: [ImageRecord.Layer], in store: LayerStore) throws {
        var seen: Set<DiffID> = []
        var stored: [StoredLayer] = []
        for layer in layers where found.withLock({ $0[layer.diffID] }) == nil && seen.insert(layer.diffID).inserted {
            guard let record = try store.intactLayer(layer.key) else {
                throw LayerError(.corrupt, "layer \(layer.diffID): not in the store, or without its record")
            }
            stored.append(
                StoredLayer(diffID: layer.diffID, key: layer.key, tarByteCount: record.summary.tarByteCount)
            )
        }
        let sorted = stored.sorted { $0.tarByteCount > $1.tarByteCount }
        try WorkerPool.run(workers: WorkerPool.processorCount, jobs: sorted.count) { place in
            let layer = sorted[place]
            let tar = RecreatedTar(layer, in: store)
            let inspector = ContentInspector()
            let limits = ArchiveLimits(.unlimited)
            try TarIndexer(readsContent: false, observer: inspector, limits: limits) {
                RecreatedTar(layer, in: store)
            }.read(tar)
            while try !tar.nextChunk().isEmpty {}
            found.withLock { $0[layer.diffID] = inspector.found }
        }
    }
}
