import ImageSpec
import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree
import Synchronization

extension ImageStore {
    /// Verifies images: each file of their layers against the index, and the tar that follows from both against the DiffID.
    ///
    /// - Parameters:
    ///   - names: Images, as `image(_:)` finds them.
    ///   - workerCount: How many layers are read at once; nil for one a processor.
    /// - Returns: What is wrong; what is damaged is no error.
    /// - Throws: `LayerError`: `notFound`, or when the store itself cannot be read.
    public func verify(_ names: [String], workerCount: Int? = nil) throws(LayerError) -> VerifyReport {
        try LayerError.catching {
            let images = try names.map { try store.resolve($0) }
            let transaction = try store.beginReading()
            defer { withExtendedLifetime(transaction) {} }
            var report = VerifyReport()
            report.images = images.map(VerifyReport.Image.init)
            var seen: Set<LayerKey> = []
            let layers = images.flatMap(\.record.layers).filter { seen.insert($0.key).inserted }
            report.layers = try Self.verify(layers.map { ($0.key, $0.diffID) }, in: store, workerCount)
            return report
        }
    }

    /// Verifies all images and all layers of the store, also such as no image has.
    ///
    /// - Parameter workerCount: How many layers are read at once; nil for one a processor.
    /// - Returns: What is wrong.
    /// - Throws: `LayerError` when the store itself cannot be read.
    public func verifyAll(workerCount: Int? = nil) throws(LayerError) -> VerifyReport {
        try LayerError.catching {
            guard store.root != nil else { return VerifyReport() }
            let transaction = try store.beginReading()
            defer { withExtendedLifetime(transaction) {} }
            let listing = try store.images()
            var report = VerifyReport()
            report.images = listing.images.map(VerifyReport.Image.init)
            report.problems = listing.problems
            var layers: [LayerKey: DiffID] = [:]
            for key in try store.layerKeys() {
                if let record = try store.intactLayer(key) {
                    layers[key] = record.summary.diffID
                } else {
                    report.problems.append("layer \(key.digest): its record is damaged")
                }
            }
            // A layer that an image names and the store has not is a fault of the image's.
            for layer in listing.images.flatMap(\.record.layers) { layers[layer.key] = layer.diffID }
            let sorted = layers.sorted { $0.key.digest.hex < $1.key.digest.hex }
            report.layers = try Self.verify(sorted.map { ($0.key, $0.value) }, in: store, workerCount)
            return report
        }
    }

    private static func verify(
        _ layers: [(key: LayerKey, diffID: DiffID)],
        in store: LayerStore,
        _ workerCount: Int?
    ) throws -> [VerifiedLayer] {
        let found = Mutex<[Int: VerifiedLayer]>([:])
        let workers = workerCount ?? WorkerPool.processorCount
        try WorkerPool.run(workers: workers, jobs: layers.count) { place in
            let (key, diffID) = layers[place]
            let layer = try verify(key, diffID, in: store)
            found.withLock { $0[place] = layer }
        }
        return found.withLock { found in layers.indices.compactMap { found[$0] } }
    }

    private static func verify(_ key: LayerKey, _ diffID: DiffID, in store: LayerStore) throws -> VerifiedLayer {
        let examination = try LayerExamination(key, in: store, readsData: true)
        let diagnosis = examination.diagnosis
        if let failure = diagnosis.failure {
            let reason = failure.part.map { "\($0): \(failure.reason)" } ?? failure.reason
            return VerifiedLayer(diffID, byteCount: 0, faults: [VerifiedLayer.Fault(nil, reason)])
        }
        var seen: Set<LayerFault> = []
        var faults = diagnosis.faults.filter { seen.insert($0).inserted }.sorted { $0.path < $1.path }
            .map { VerifiedLayer.Fault($0.path.bytes, $0.text) }
        if let failure = examination.failure { faults.append(VerifiedLayer.Fault(nil, failure)) }
        if let record = diagnosis.parts?.record, record.summary.diffID != diffID {
            faults.append(VerifiedLayer.Fault(nil, "what lies in its place is layer \(record.summary.diffID)"))
        }
        return VerifiedLayer(diffID, byteCount: examination.byteCount, faults: faults)
    }
}

extension VerifyReport.Image {
    fileprivate init(_ image: StoredImage) {
        self.init(
            id: image.record.id,
            names: image.names.map(\.reference.familiar),
            layers: image.record.layers.map(\.diffID)
        )
    }
}
