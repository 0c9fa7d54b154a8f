import LayerModel
import LayerStorage
import LayerSystem
import LayerTree
import Synchronization

/// Looks at a whole store: records and documents first, then layers and kept blobs, several at once.
struct StoreCheck {
    /// What was found.
    struct Outcome {
        /// All but the insides of layers and blobs.
        let inspection: StoreInspection
        /// The layers, in the order of their digests.
        let layers: [LayerExamination]
        /// What is wrong with blobs that were read.
        let blobs: [StoreFinding]
        /// How many bytes were read.
        let byteCount: Int64
    }

    /// The store.
    let store: LayerStore
    /// What is asked for.
    let options: CheckOptions

    /// Looks.
    ///
    /// - Parameters:
    ///   - isAlone: Whether nobody else is at work.
    ///   - faultLimit: The most faults of names that are wanted of a layer.
    /// - Returns: What was found.
    /// - Throws: `StorageError`, `SystemError`, also when no thread can work.
    func run(isAlone: Bool, faultLimit: Int = LayerCheck.faultLimit) throws -> Outcome {
        let inspection = try StoreInspection(of: store, isAlone: isAlone)
        let layers = ordered(inspection.layers)
        let blobs = options.readsData ? inspection.blobs : []
        let found = Mutex<(layers: [LayerKey: LayerExamination], blobs: [StoreFinding], byteCount: Int64)>(([:], [], 0))
        let workers = options.workerCount ?? WorkerPool.processorCount
        try WorkerPool.run(workers: workers, jobs: layers.count + blobs.count) { job in
            if job < layers.count {
                let layer = try LayerExamination(
                    layers[job],
                    in: store,
                    readsData: options.readsData,
                    faultLimit: faultLimit
                )
                found.withLock {
                    $0.layers[layers[job]] = layer
                    $0.byteCount += layer.byteCount
                }
            } else {
                let (finding, byteCount) = store.blobFinding(blobs[job - layers.count])
                found.withLock {
                    if let finding { $0.blobs.append(finding) }
                    $0.byteCount += byteCount
                }
            }
        }
        return found.withLock { found in
            Outcome(
                inspection: inspection,
                layers: inspection.layers.compactMap { found.layers[$0] },
                blobs: found.blobs.sorted { $0.id < $1.id },
                byteCount: found.byteCount
            )
        }
    }

    /// The last layer to be ready decides how long all takes: the longest is begun first.
    private func ordered(_ layers: [LayerKey]) -> [LayerKey] {
        guard options.readsData else { return layers }
        let lengths = layers.map { key in
            // reason: what has no record that can be read is done in no time
            (key: key, byteCount: (try? store.intactLayer(key))?.summary.tarByteCount ?? 0)
        }
        return lengths.sorted { $0.byteCount > $1.byteCount }.map(\.key)
    }
}

extension StoreCheck.Outcome {
    /// What was found, for those who asked.
    var report: CheckReport {
        var report = CheckReport()
        let inside = layers.flatMap(\.findings)
        // What is said of a layer's own place is said once.
        let findings = inspection.findings + inside.filter { !inspection.findings.contains($0) } + blobs
        let order = StoreFault.Kind.allCases
        report.faults = order.flatMap { kind in findings.map { StoreFault($0) }.filter { $0.kind == kind } }
        report.notes = inspection.notes
        for (kind, count) in inspection.counts { report.counts[StoreFault.Kind(kind)] = count }
        report.byteCount = byteCount
        return report
    }
}
