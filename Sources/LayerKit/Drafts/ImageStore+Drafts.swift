public import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

extension ImageStore {
    /// An image of the store as a value; its layers stay where they are until somebody reads them.
    ///
    /// - Parameter name: The image, as `image(_:)` finds it.
    /// - Returns: The image, under the name that was given if that is one of its own, or else under all of its names.
    /// - Throws: `LayerError`: `notFound`, `conflict`, `corrupt`.
    public func draft(_ name: String) throws(LayerError) -> ImageDraft {
        try LayerError.catching {
            let selection = try SaveSelection([name], in: store)
            guard selection.images.count == 1, let (image, references) = selection.images.first else {
                let reason =
                    "\(EscapedText.line(name)) stands for \(selection.images.count) images: name one with its tag"
                throw LayerError(.conflict, reason)
            }
            return try draft(image, references)
        }
    }

    func draft(_ image: StoredImage, _ references: [ImageReference]) throws -> ImageDraft {
        var manifest: ReceivedManifest?
        if let digest = image.record.manifestDigest, let bytes = try store.manifestBytes(of: image) {
            manifest = ReceivedManifest(try ImageManifest(parsing: bytes, limits: .unlimited), digest: digest)
        }
        return ImageDraft(
            config: image.config,
            layers: try image.record.layers.map { DraftLayer(try recreated($0, of: image.record.id)) },
            references: references,
            base: image.record.base,
            receivedManifest: manifest
        )
    }

    private func recreated(_ layer: ImageRecord.Layer, of id: ImageID) throws -> RecreatedLayer {
        guard let record = try store.intactLayer(layer.key), record.summary.diffID == layer.diffID else {
            let reason = "is damaged or not in the store; loading the image again heals it"
            throw LayerError(.corrupt, "layer \(layer.diffID) of image \(id) \(reason)")
        }
        let stored = StoredLayer(diffID: layer.diffID, key: layer.key, tarByteCount: record.summary.tarByteCount)
        return RecreatedLayer(store: store, layer: stored, kept: try SavedLayers.keptBlob(of: layer, in: store))
    }

    /// Puts images into the store.
    ///
    /// Layers that the store has are not read. What is new is verified, and on the disk before this returns. When it throws, the store is
    /// as it was, names apart that were set before.
    ///
    /// - Parameters:
    ///   - drafts: The images.
    ///   - names: Names for each of them, with tags; nil for those that the drafts have.
    ///   - keepsBlobs: Whether compressed bytes are kept, of the layers that lie compressed.
    ///   - onEvent: Gets told how far the work is, from several threads.
    /// - Returns: What was done.
    /// - Throws: `LayerError`: `corrupt` for a layer that is not what its digests say; `failure`.
    @discardableResult
    public func add(
        _ drafts: [ImageDraft],
        names: [ImageReference]? = nil,
        keepsBlobs: Bool = false,
        onEvent: @escaping @Sendable (LoadEvent) -> Void = { _ in }
    ) throws(LayerError) -> LoadReport {
        try LayerError.catching {
            let transaction = try store.begin()
            defer { withExtendedLifetime(transaction) {} }
            var report = try DraftAdding(drafts, store, transaction, limits, onEvent).run(keepsBlobs: keepsBlobs)
            for draft in drafts {
                let references = names ?? draft.references
                report.images.append(try name(draft.id, references))
            }
            return report
        }
    }

    private func name(_ id: ImageID, _ references: [ImageReference]) throws -> LoadReport.Image {
        var replaced: [(reference: ImageReference, image: ImageID)] = []
        for reference in references {
            guard let old = try store.setName(reference.withDefaultTag, to: id) else { continue }
            replaced.append((reference, old))
        }
        return LoadReport.Image(id: id, references: references, replaced: replaced)
    }
}

/// Unpacks and publishes what the store lacks of drafts.
private struct DraftAdding {
    private let drafts: [ImageDraft]
    private let store: LayerStore
    private let transaction: StoreTransaction
    private let limits: InputLimits
    private let onEvent: @Sendable (LoadEvent) -> Void

    init(
        _ drafts: [ImageDraft],
        _ store: LayerStore,
        _ transaction: StoreTransaction,
        _ limits: InputLimits,
        _ onEvent: @escaping @Sendable (LoadEvent) -> Void
    ) {
        self.drafts = drafts
        self.store = store
        self.transaction = transaction
        self.limits = limits
        self.onEvent = onEvent
    }

    func run(keepsBlobs: Bool) throws -> LoadReport {
        let stacks = drafts.map { $0.layers.map(\.source) }
        let plan = try LoadPlan(stacks, store)
        try plan.checkLayers()
        onEvent(.planned(plan.description))
        let settings = TreeSettings.ofThisProcess
        let unpacking = LayerUnpacking(transaction, settings: settings, limits: limits, onEvent: onEvent)
        try unpacking.run(plan.missing, workers: WorkerPool.processorCount)
        let assembly = StackAssembly(store, unpacking, settings: settings)
        var images: [StagedImage] = []
        for (draft, stack) in zip(drafts, stacks) {
            images.append(StagedImage(draft, layers: try assembly.assemble(stack)))
        }
        let kept = keepsBlobs ? try plan.layers.map(\.layer).filter { try $0.compression() != .none } : []
        let blobs = try BlobKeeping(store, transaction).keep(kept)
        onEvent(.synchronizing)
        try transaction.publish(layers: assembly.staged, images: images, blobs: blobs)
        var report = LoadReport()
        report.unpackedLayerCount = plan.missing.count
        report.presentLayerCount = plan.layers.count - plan.missing.count
        report.warnings = assembly.notes.warnings
        return report
    }
}

extension StagedImage {
    fileprivate init(_ draft: ImageDraft, layers: [ImageRecord.Layer]) {
        self.init(
            record: ImageRecord(
                id: draft.id,
                layers: layers,
                base: draft.base,
                manifestDigest: draft.receivedManifest?.digest,
                sourceFormat: "layerctl"
            ),
            configBytes: draft.config.bytes,
            manifestBytes: draft.receivedManifest?.manifest.bytes
        )
    }
}
