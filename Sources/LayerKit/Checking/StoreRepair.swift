import ImageTransport
import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

/// Puts right what a check of a store has found.
struct StoreRepair {
    /// What was put right.
    private(set) var repairs: [CheckReport.Repair] = []
    /// Why something could not be.
    private(set) var problems: [String] = []

    private let store: LayerStore
    private let transaction: StoreTransaction
    private let sources: RepairSources
    private let rebuilding: LayerRebuilding

    /// Prepares to repair.
    init(_ store: LayerStore, _ transaction: StoreTransaction, _ sources: RepairSources, workerCount: Int?) {
        self.store = store
        self.transaction = transaction
        self.sources = sources
        rebuilding = LayerRebuilding(
            store: store,
            transaction: transaction,
            workerCount: workerCount ?? WorkerPool.processorCount
        )
    }

    /// Puts right what can be.
    ///
    /// - Parameter found: What a check has found.
    /// - Throws: `SystemError` when the store cannot be written.
    mutating func run(_ found: StoreCheck.Outcome) throws {
        for (finding, advice) in try found.inspection.applyFixes() {
            let action = finding.kind == .name ? "its damaged record is removed" : "put right"
            note(finding.kind, finding.id, finding.path, action, advice: advice)
        }
        // Layers first: what is put on them takes from them.
        for layer in found.layers where layer.diagnosis.parts != nil && !layer.diagnosis.faults.isEmpty {
            try mend(layer.diagnosis)
        }
        let broken = found.layers.filter { $0.diagnosis.failure != nil }.map(\.diagnosis.key)
        let wanted = Set(broken).union(found.inspection.wantedLayers)
        try rebuild(wanted, images: found.inspection.wantedImages)
        try restoreBlobs(found)
    }

    private mutating func note(
        _ kind: StoreFinding.Kind,
        _ id: String,
        _ path: [UInt8]?,
        _ action: String,
        advice: String? = nil
    ) {
        repairs.append(
            CheckReport.Repair(kind: StoreFault.Kind(kind), id: id, path: path, action: action, advice: advice)
        )
    }

    private mutating func mend(_ diagnosis: LayerDiagnosis) throws {
        guard let record = diagnosis.parts?.record else { return }
        let outcome = try LayerMending(store: store, transaction: transaction)
            .mend(diagnosis, from: sources.layers(record.summary.diffID))
        let shadows = Set(diagnosis.faults.filter { $0.shadow != nil }.map(\.path))
        var seen: Set<LayerPath> = []
        for path in outcome.paths where seen.insert(path).inserted {
            let shown = shadows.contains(path) ? path.bytes : [UInt8(ascii: "/")] + path.bytes
            note(.layer, diagnosis.key.digest.description, shown, "put right")
        }
        problems += outcome.problems
        guard outcome.lacksContent, outcome.problems.isEmpty else { return }
        problems.append(
            "layer \(record.summary.diffID): no file that was given has it, and none is kept (--from ARCHIVE)"
        )
    }

    private mutating func rebuild(_ keys: Set<LayerKey>, images: Set<ImageID>) throws {
        guard !keys.isEmpty || !images.isEmpty else { return }
        let mounted = try StoreMounts(store).layers(Array(keys))
        var left = keys
        for key in keys {
            guard let place = mounted[key], try store.layerDirectory(key) != nil else { continue }
            problems.append(LayerRebuilding.isMounted(key, at: place).message)
            left.remove(key)
        }
        let locked = keys.subtracting(left)
        var restored: Set<ImageID> = []
        for stack in sources.stacks {
            guard let image = stack.image, images.contains(image.imageID), !restored.contains(image.imageID),
                Self.keys(stack.layers).isDisjoint(with: locked)
            else { continue }
            guard attempt(stack.layers, image, &left) else { continue }
            restored.insert(image.imageID)
            note(.image, image.imageID.description, nil, "restored")
        }
        for key in left.sorted(by: { $0.digest.hex < $1.digest.hex }) where left.contains(key) {
            let found = sources.stacks.lazy.compactMap { Self.part(of: $0.layers, for: key) }
            for layers in found where left.contains(key) { _ = attempt(layers, nil, &left) }
        }
    }

    /// Unpacks what a stack lacks; what was there to be unpacked anew is left to nobody else.
    private mutating func attempt(
        _ layers: [any IncomingLayer],
        _ image: ArchiveImage?,
        _ left: inout Set<LayerKey>
    ) -> Bool {
        let own = Self.keys(layers).intersection(left)
        do {
            try rebuilding.rebuild(layers, image, excluding: left)
            for key in own where try store.diagnose(key, faultLimit: 1).isIntact {
                left.remove(key)
                note(.layer, key.digest.description, nil, "unpacked anew")
            }
        } catch {
            let problem = LayerError.wrapping(error).message
            if !problems.contains(problem) { problems.append(problem) }
            return false
        }
        return true
    }

    /// The directories that layers may lie in, in a stack.
    private static func keys(_ layers: [any IncomingLayer]) -> Set<LayerKey> {
        Set(layers.map { LayerKey($0.diffID) }).union(ChainID.of(layers.map(\.diffID)).map { LayerKey($0) })
    }

    /// The part of a stack that is needed to unpack a layer: the layer alone, or with all below it where it is named by its stack.
    private static func part(of layers: [any IncomingLayer], for key: LayerKey) -> [any IncomingLayer]? {
        for (position, chainID) in ChainID.of(layers.map(\.diffID)).enumerated() where layers[position].isPresent {
            if LayerKey(layers[position].diffID) == key { return [layers[position]] }
            if LayerKey(chainID) == key { return Array(layers[...position]) }
        }
        return nil
    }

    private mutating func restoreBlobs(_ found: StoreCheck.Outcome) throws {
        let findings = (found.inspection.findings + found.blobs).filter { $0.kind == .blob && $0.remedy == Remedy.blob }
        let damaged = Set(findings.compactMap { LayerStore.digest($0.id) }.map { BlobDigest($0) })
        guard !damaged.isEmpty else { return }
        for layer in sources.blobs(damaged) {
            do {
                let kept = try BlobKeeping(store, transaction).keep([layer], replacing: damaged)
                try transaction.publish(layers: [], images: [], blobs: kept)
                for digest in kept.values { note(.blob, digest.description, nil, "restored") }
            } catch {
                problems.append(LayerError.wrapping(error).message)
            }
        }
    }
}
