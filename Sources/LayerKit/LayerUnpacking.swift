import ImageTransport
import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree
import Synchronization

/// The layers of a load that the store does not have, unpacked by several threads, each once.
final class LayerUnpacking: Sendable {
    /// A layer whose tar is read and verified.
    struct Unpacked: @unchecked Sendable {  // reason: one thread at a time has it, handed on through the lock of `done`
        let directory: Directory
        let name: String
        let facts: LayerBlobFacts
        /// What the tar adds up to; not whole while the layer waits.
        let statistics: LayerStatistics
        let notes: LayerNotes
        /// The unpacker of a layer that waits for those below it; nil once the index is written: it holds much memory.
        let waiting: LayerUnpacker?
    }

    /// From how many bytes on the disk is to begin while layers are unpacked.
    private static let earlyByteCount: Int64 = 64 << 20

    private let transaction: StoreTransaction
    private let settings: TreeSettings
    private let limits: ArchiveLimits
    private let budget: UnpackingBudget
    private let onEvent: @Sendable (LoadEvent) -> Void
    /// How many layers are being unpacked.
    private let activeCount = Atomic(0)
    private let done = Mutex<[DiffID: Unpacked]>([:])

    /// Prepares to unpack into a transaction's staging directory.
    init(
        _ transaction: StoreTransaction,
        settings: TreeSettings,
        limits: InputLimits,
        onEvent: @escaping @Sendable (LoadEvent) -> Void
    ) {
        self.transaction = transaction
        self.settings = settings
        self.limits = ArchiveLimits(limits)
        budget = UnpackingBudget(limits, directory: transaction.staging)
        self.onEvent = onEvent
    }

    /// Unpacks layers, those that come first begun first.
    ///
    /// - Parameters:
    ///   - layers: The layers with their places in the plan.
    ///   - workers: How many at once.
    /// - Throws: `LayerError` of the first layer that cannot be unpacked.
    func run(_ layers: [(place: Int, layer: any IncomingLayer)], workers: Int) throws {
        let total = layers.reduce(0) { $0 + $1.layer.byteCount }
        // What is small is on the disk in no time; with more the disk would lie idle until the end.
        let early = total >= Self.earlyByteCount ? EarlySynchronization(transaction.staging) : nil
        defer { withExtendedLifetime(early) {} }
        try WorkerPool.run(workers: workers, jobs: layers.count) { [self] job in
            let (place, layer) = layers[job]
            // Where one layer is more than half of all, other workers have nothing to do while it is unpacked.
            let unpacked = try unpack(layer, workers: workers, readsAhead: workers > 1 && layer.byteCount > total / 2)
            done.withLock { $0[layer.diffID] = unpacked }
            onEvent(.unpacked(place))
        }
    }

    /// Takes an unpacked layer out; nil when it was taken already or never was unpacked.
    func take(_ diffID: DiffID) -> Unpacked? {
        done.withLock { $0.removeValue(forKey: diffID) }
    }

    /// Reads a layer's tar to its end; one that means the same on any base is finished with that.
    ///
    /// - Parameters:
    ///   - layer: The layer.
    ///   - workers: How many threads may unpack layers: one that has none fills files of another's.
    ///   - readsAhead: Whether to inflate and hash on a thread of its own while files are made on this one.
    /// - Returns: What became of it.
    /// - Throws: `LayerError` that names the layer.
    func unpack(_ layer: any IncomingLayer, workers: Int = 1, readsAhead: Bool = false) throws -> Unpacked {
        activeCount.add(1, ordering: .relaxed)
        defer { activeCount.subtract(1, ordering: .relaxed) }
        do {
            let (directory, name) = try transaction.makeLayerDirectory()
            let donor = try layer.donor()
            let unpacker = try LayerUnpacker(
                into: directory,
                settings: settings,
                limits: limits,
                donor: donor,
                sharesWork: { [self] in activeCount.load(ordering: .relaxed) < workers }
            )
            let stream = try layer.openTar(readsAhead: readsAhead)
            try unpacker.read(counted(stream, of: layer))
            let facts = try stream.finish()
            if !unpacker.needsLowerLayers { try unpacker.finish() }
            return Unpacked(
                directory: directory,
                name: name,
                facts: facts,
                statistics: unpacker.statistics,
                notes: unpacker.notes,
                waiting: unpacker.needsLowerLayers ? unpacker : nil
            )
        } catch {
            throw LayerError.wrapping(error, about: layer.subject)
        }
    }

    private func counted(_ stream: any IncomingTar, of layer: any IncomingLayer) -> CountingSource {
        // What a compressed layer unpacks to is not known before; a third is usual for gzip and zstd.
        let share = stream.compression == .none ? 1 : 1.0 / 3
        return CountingSource(BudgetedSource(stream, budget), limit: layer.byteCount, share: share) { [onEvent] in
            onEvent(.advanced(byteCount: $0))
        }
    }
}
