import LayerModel
import LayerStorage
import LayerSystem
import Synchronization

/// Looks at the layers of a load that the store has already, and puts right what is damaged.
struct LoadHealing {
    /// The layers that must be unpacked anew: they have no whole index.
    private(set) var broken: Set<LayerKey> = []
    /// The layers that were damaged.
    private(set) var healed: [DiffID] = []
    /// What the user should know, a line for each.
    private(set) var warnings: [String] = []

    private let store: LayerStore
    private let transaction: StoreTransaction

    /// Looks at the layers, several at once; contents are not read.
    ///
    /// - Parameters:
    ///   - present: The layers that the store has, and what stands for each in the load.
    ///   - store: The store.
    ///   - transaction: The load's.
    ///   - workers: How many at once.
    /// - Throws: `LayerError`: `conflict` for a layer that must be unpacked anew and is mounted, `corrupt` for a damaged one whose bytes the
    ///   load does not have; `SystemError`.
    init(
        _ present: [LayerKey: any IncomingLayer],
        _ store: LayerStore,
        _ transaction: StoreTransaction,
        workers: Int
    ) throws {
        self.store = store
        self.transaction = transaction
        let layers = present.sorted { $0.key.digest.hex < $1.key.digest.hex }
        let found = Mutex<[LayerKey: LayerDiagnosis]>([:])
        try WorkerPool.run(workers: workers, jobs: layers.count) { job in
            let diagnosis = try store.diagnose(layers[job].key, glances: workers)
            if !diagnosis.isIntact { found.withLock { $0[layers[job].key] = diagnosis } }
        }
        let damaged = found.withLock(\.self)
        for (key, layer) in layers {
            guard let diagnosis = damaged[key] else { continue }
            if let failure = diagnosis.failure {
                try breakUp(layer, key, failure)
            } else {
                try mend(layer, key)
            }
        }
    }

    private mutating func breakUp(
        _ layer: any IncomingLayer,
        _ key: LayerKey,
        _ failure: LayerDiagnosis.Failure
    ) throws {
        if let place = try StoreMounts(store).layers([key])[key] { throw LayerRebuilding.isMounted(key, at: place) }
        broken.insert(key)
        healed.append(layer.diffID)
        let what = failure.part.map { "\($0): \(failure.reason)" } ?? failure.reason
        warnings.append("layer \(layer.diffID) was damaged (\(what)) and is unpacked anew")
    }

    private mutating func mend(_ layer: any IncomingLayer, _ key: LayerKey) throws {
        let outcome = try LayerMending(store: store, transaction: transaction)
            .mend(try store.diagnose(key, faultLimit: .max), from: layer.isPresent ? [layer] : [])
        if outcome.lacksContent {
            let reason = outcome.problems.first ?? "the file does not have it"
            throw LayerError(
                .corrupt,
                "layer \(layer.diffID) in the store is damaged and cannot be repaired: \(reason)"
            )
        }
        healed.append(layer.diffID)
        let count = Set(outcome.paths).count
        warnings.append(
            "layer \(layer.diffID) was damaged and has been repaired (\(count == 1 ? "1 name" : "\(count) names"))"
        )
        guard !outcome.diagnosis.isIntact else { return }
        warnings.append("layer \(layer.diffID) is still not as it was: layerctl check tells more")
    }
}
