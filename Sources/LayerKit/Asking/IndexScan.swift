import ImageTransport
import LayerArchive
import LayerModel
import LayerSystem
import LayerTree
import Synchronization

/// The layers of a file, read for their indexes by several threads, each once.
final class IndexScan: Sendable {
    // reason: one thread at a time has it, handed on through the lock of `done`
    private struct Scanned: @unchecked Sendable {
        let indexer: TarIndexer
    }

    private let layers: [ArchiveLayer]
    private let readsContent: Bool
    private let inspection: LayerInspection?
    private let done = Mutex<[DiffID: Scanned]>([:])

    /// Prepares to read layers, the largest first.
    ///
    /// - Parameters:
    ///   - layers: The layers.
    ///   - readsContent: Whether contents are to be told apart: then blob and DiffID are verified as well.
    ///   - inspection: What looks at contents, instead: blob and DiffID are verified then too.
    init(_ layers: [ArchiveLayer], readsContent: Bool, inspection: LayerInspection? = nil) {
        var seen: Set<DiffID> = []
        self.layers = layers.filter { seen.insert($0.diffID).inserted }.sorted { $0.byteCount > $1.byteCount }
        self.readsContent = readsContent
        self.inspection = inspection
    }

    /// Reads them.
    func run() throws {
        try WorkerPool.run(workers: WorkerPool.processorCount, jobs: layers.count) { [self] job in
            let layer = layers[job]
            let scanned = Scanned(indexer: try index(layer))
            done.withLock { $0[layer.diffID] = scanned }
        }
    }

    /// Takes a layer out; nil when it was taken already.
    func take(_ diffID: DiffID) -> TarIndexer? {
        done.withLock { $0.removeValue(forKey: diffID) }?.indexer
    }

    /// Reads one layer.
    func index(_ layer: ArchiveLayer) throws -> TarIndexer {
        do {
            if let inspection { return try inspection.index(layer) }
            let limits = ArchiveLimits(layer.limits)
            let indexer = TarIndexer(readsContent: readsContent, limits: limits) { try layer.openForScanning() }
            if readsContent {
                let stream = try layer.openUncompressed()
                try indexer.read(stream.source)
                _ = try stream.finish()
            } else {
                try indexer.read(layer.openForScanning())
            }
            return indexer
        } catch {
            throw LayerError.wrapping(error, about: layer.subject)
        }
    }
}
