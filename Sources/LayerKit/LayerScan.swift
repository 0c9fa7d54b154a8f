import ImageTransport
import LayerArchive
import LayerModel
import LayerSystem
import LayerTree
import Synchronization

/// The sizes of a file's layers, read by several threads; a layer that is there twice is read once.
final class LayerScan: Sendable {
    private let layers: [ArchiveLayer]
    private let found = Mutex<[DiffID: LayerStatistics]>([:])

    /// Prepares to read layers, the largest first.
    init(_ layers: [ArchiveLayer]) {
        var seen: Set<DiffID> = []
        self.layers = layers.filter { seen.insert($0.diffID).inserted }.sorted { $0.byteCount > $1.byteCount }
    }

    /// Reads them.
    func run(workers: Int) throws {
        try WorkerPool.run(workers: workers, jobs: layers.count) { [self] job in
            let layer = layers[job]
            do {
                let limits = ArchiveLimits(layer.limits)
                let statistics = try LayerScanner.scan(layer.openForScanning(), limits: limits)
                found.withLock { $0[layer.diffID] = statistics }
            } catch {
                throw TransportError.wrapping(error, layer.subject)
            }
        }
    }

    /// What a layer adds up to, once it is read.
    func statistics(of diffID: DiffID) -> LayerStatistics? {
        found.withLock { $0[diffID] }
    }
}
