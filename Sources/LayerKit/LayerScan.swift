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
    ///
    /// - Parameter workers: How many at once; nil for what is best.
    /// - Throws: `TransportError` that names the layer which cannot be read.
    func run(workers: Int?) throws {
        let workers = try workers ?? WorkerPool.processorCount * (hasWindows() ? 3 : 4) / 2
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

    /// Whether each layer that is read takes some 8 MiB.
    ///
    /// What a layer costs is known when it is read: with more threads than processors the longest one does not come last alone. That saves
    /// a sixth of the time, three for two processors as well as four.
    private func hasWindows() throws -> Bool {
        try layers.contains { try $0.compression() == .zstd }
    }

    /// What a layer adds up to, once it is read.
    func statistics(of diffID: DiffID) -> LayerStatistics? {
        found.withLock { $0[diffID] }
    }
}
