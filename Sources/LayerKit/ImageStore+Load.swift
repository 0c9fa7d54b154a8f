import ImageSpec
import ImageTransport
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

extension ImageStore {
    /// Loads the images of a file.
    ///
    /// Every size and digest is verified, layers are unpacked several at a time, and what was loaded is on the disk before this
    /// returns. When it throws, the store is as it was.
    ///
    /// - Parameters:
    ///   - argument: A file, or one image of a file.
    ///   - options: What is asked for.
    ///   - onEvent: Gets told how far the work is, from several threads.
    /// - Returns: What was done.
    /// - Throws: `LayerError`: `corrupt` for a file that is no image or not what its digests say, `notFound`, `usage`, `failure`.
    public func load(
        _ argument: ImageArgument,
        _ options: LoadOptions = LoadOptions(),
        onEvent: @escaping @Sendable (LoadEvent) -> Void = { _ in }
    ) throws(LayerError) -> LoadReport {
        guard case .file(let input, let selector) = argument.locator else {
            throw LayerError(.usage, "\(argument.name ?? ""): not a file")
        }
        return try LayerError.catching {
            let transaction = try store.begin()
            let source = try ImageSource.open(
                input,
                selector: selector,
                platform: .wanting(options.platform),
                spoolDirectory: transaction.staging,
                limits: limits
            )
            return try load(source, options, transaction, onEvent)
        }
    }

    private func load(
        _ source: ImageSource,
        _ options: LoadOptions,
        _ transaction: StoreTransaction,
        _ onEvent: @escaping @Sendable (LoadEvent) -> Void
    ) throws -> LoadReport {
        try check(source, options)
        let plan = try LoadPlan(source.images.map(\.layers), store)
        try plan.checkLayers()
        onEvent(.planned(plan.description))
        let settings = TreeSettings.ofThisProcess
        let unpacking = LayerUnpacking(transaction, settings: settings, limits: limits, onEvent: onEvent)
        let missing = plan.missing
        try unpacking.run(missing, workers: options.workerCount ?? WorkerPool.processorCount)
        let assembly = StackAssembly(store, unpacking, settings: settings)
        var images: [StagedImage] = []
        for image in source.images { images.append(StagedImage(image, layers: try assembly.assemble(image.layers))) }
        let blobs = options.keepsBlobs ? try BlobKeeping(store, transaction).keep(plan.layers.map(\.layer)) : [:]
        onEvent(.synchronizing)
        try transaction.publish(layers: assembly.staged, images: images, blobs: blobs)
        var report = LoadReport()
        report.unpackedLayerCount = missing.count
        report.presentLayerCount = plan.layers.count - missing.count
        report.warnings = source.passedOver.map { "\($0) is not there for the platform and was left out" }
        report.warnings += assembly.notes.warnings
        for image in source.images { report.images.append(try name(image, options)) }
        return report
    }

    private func check(_ source: ImageSource, _ options: LoadOptions) throws {
        if options.name != nil, source.images.count != 1 {
            throw LayerError(
                .usage,
                "--name needs a file with one image, and \(source.label) has \(source.images.count)"
            )
        }
        for image in source.images {
            try checkHistory(image, in: source)
            // As many as one overlay can mount (Linux `fs/overlayfs/params.h`, `OVL_MAX_STACK`), unless more is asked for.
            guard image.layers.count <= limits[.layers] else {
                let reason = "\(image.layers.count) layers are more than \(limits[.layers]), and 500 can be mounted"
                let refusal = InputLimit.layers.refusal(reason)
                throw LayerError(.corrupt, "\(source.label): image \(image.imageID): \(refusal)")
            }
        }
    }

    /// Refuses an image whose history claims more layers than there are (contract L-96): nobody could show its history.
    private func checkHistory(_ image: ArchiveImage, in source: ImageSource) throws {
        do throws(SpecError) {
            _ = try image.config.layerIndexes()
        } catch {
            throw LayerError(.corrupt, "\(source.label): image \(image.imageID): \(error)", cause: error)
        }
    }

    private func name(_ image: ArchiveImage, _ options: LoadOptions) throws -> LoadReport.Image {
        let references = options.name.map { [$0] } ?? image.references
        var replaced: [(reference: ImageReference, image: ImageID)] = []
        for reference in references {
            guard let old = try store.setName(reference, to: image.imageID) else { continue }
            replaced.append((reference, old))
        }
        return LoadReport.Image(id: image.imageID, references: references, replaced: replaced)
    }
}

extension StagedImage {
    init(_ image: ArchiveImage, layers: [ImageRecord.Layer]) {
        self.init(
            record: ImageRecord(
                id: image.imageID,
                layers: layers,
                manifestDigest: image.manifestDigest,
                sourceFormat: image.sourceFormat.rawValue
            ),
            configBytes: image.configBytes,
            manifestBytes: image.manifestBytes
        )
    }
}

extension LayerNotes {
    /// What a user should know, one line for each kind of loss.
    var warnings: [String] {
        var losses: [String] = []
        if ownerCount > 0 {
            losses.append(ownerCount == 1 ? "the owner of 1 file" : "the owners of \(ownerCount) files")
        }
        if deviceCount > 0 { losses.append(deviceCount == 1 ? "1 device node" : "\(deviceCount) device nodes") }
        if attributeCount > 0 {
            losses.append(attributeCount == 1 ? "1 extended attribute" : "\(attributeCount) extended attributes")
        }
        guard !losses.isEmpty else { return [] }
        return ["\(losses.joined(separator: ", ")) cannot be set on disk here; the layer index keeps them"]
    }
}
