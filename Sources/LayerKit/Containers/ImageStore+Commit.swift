import ImageSpec
import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

extension ImageStore {
    /// Makes an image of a container: what the container has written becomes a layer on top of its image's layers.
    ///
    /// Each file is read once, hashed and copied; the layer's tar is never on disk. The same changes give the same layer, whoever
    /// commits them and whichever driver ran. A container that has changed nothing gives an image without a further layer. When it
    /// throws, the store is as it was.
    ///
    /// - Parameters:
    ///   - container: A name, an ID or the beginning of one.
    ///   - options: What is asked for.
    /// - Returns: What was done.
    /// - Throws: `LayerError`: `notFound`; `failure` that lists all names which cannot be read; `usage` for changes of the config that
    ///   make no sense.
    public func commit(
        _ container: String,
        _ options: CommitOptions = CommitOptions()
    ) throws(LayerError) -> CommitReport {
        try LayerError.catching {
            let transaction = try store.begin()
            let mode: LockMode = options.movesFiles ? .exclusive : .shared
            let stack = try ContainerStack(container, in: store, mode, preparing: { Libarchive.load() })
            if options.movesFiles { try checkMove(of: stack, options) }
            return try Commit(stack, options, store, transaction, limits).run()
        }
    }

    private func checkMove(of stack: ContainerStack, _ options: CommitOptions) throws {
        guard !options.isSquashed, options.selection == nil else {
            throw LayerError(.usage, "the files of a container can only be moved all, and into a layer of their own")
        }
        guard let place = try containerMounts.find(store, [stack.record.id])[stack.record.id]?.first else { return }
        let reason =
            "container \(stack.record.name) is mounted at \(EscapedText.name(place)): its files cannot be moved"
        throw LayerError(.conflict, reason)
    }
}

/// One commit.
private struct Commit {
    private let stack: ContainerStack
    private let options: CommitOptions
    private let store: LayerStore
    private let transaction: StoreTransaction
    private let limits: InputLimits
    private let base: StoredImage
    private let time: Timestamp

    init(
        _ stack: ContainerStack,
        _ options: CommitOptions,
        _ store: LayerStore,
        _ transaction: StoreTransaction,
        _ limits: InputLimits
    ) throws {
        self.stack = stack
        self.options = options
        self.store = store
        self.transaction = transaction
        self.limits = limits
        guard let base = try store.storedImage(stack.record.imageID) else {
            throw LayerError(
                .corrupt,
                "image \(stack.record.imageID) of container \(stack.record.name) is not in the store"
            )
        }
        self.base = base
        time = options.time ?? Host.now()
    }

    func run() throws -> CommitReport {
        var set = options.isSquashed ? try stack.wholeTree() : try stack.changes()
        if let selection = options.selection { set.select(selection) }
        let movesFiles = options.movesFiles && !options.isDryRun && !set.isEmpty
        if movesFiles { try store.updateContainer(stack.record.id) { $0.isMoving = true } }
        let layer = set.isEmpty && !options.isSquashed ? nil : try capture(set, movesFiles ? .linking : .sharingBlocks)
        let config = try config(layer)
        let id = ImageID(Digest.sha256(of: config.bytes))
        var report = CommitReport(imageID: id)
        report.diffID = layer?.summary.diffID
        report.tarByteCount = layer?.summary.tarByteCount ?? 0
        report.layerByteCount = layer?.summary.treeByteCount ?? 0
        report.changes = ContainerChange.list(set)
        report.warnings = set.socketWarnings
        guard !options.isDryRun else { return report }
        let image = try publish(id, config, layer)
        if movesFiles { try store.moveContainer(stack.record.id, to: image) }
        return report
    }

    private func publish(_ id: ImageID, _ config: CommittedConfig, _ layer: StagedLayer?) throws -> ImageRecord {
        var layers = options.isSquashed ? [] : base.record.layers
        if let layer {
            let diffID = layer.summary.diffID
            layers.append(ImageRecord.Layer(diffID: diffID, key: layer.key, blobDigest: nil, blobByteCount: nil))
        }
        let image = StagedImage(
            record: ImageRecord(
                id: id,
                layers: layers,
                base: options.isSquashed ? nil : try knownBase(),
                manifestDigest: nil,
                sourceFormat: "commit"
            ),
            configBytes: config.bytes,
            manifestBytes: nil
        )
        try transaction.publish(layers: layer.map { [$0] } ?? [], images: [image])
        if let reference = options.reference { _ = try store.setName(reference.withDefaultTag, to: id) }
        return image.record
    }

    /// What is known of the container's image: its name, as far as it still is the image's, and its manifest.
    private func knownBase() throws -> ImageBase? {
        let named = try store.target(ofName: stack.record.imageName)
        let name = named?.id == base.record.id ? named?.reference.description : nil
        return ImageBase(name: name, manifestDigest: base.record.manifestDigest)
    }

    private func capture(_ set: ChangeSet, _ manner: ContentDonor.Manner) throws -> StagedLayer {
        try LayerCapture(
            upper: stack.upper,
            lowers: stack.lowers,
            latestTime: options.time,
            keepsOwners: try keepsOwners(),
            limits: limits
        ).stage(set.changes, manner, above: base.record.layers.map(\.diffID), in: transaction)
    }

    /// The container's command, as Docker writes it into the history.
    private var command: String {
        let words = base.config.config["Cmd"]?.arrayValue ?? []
        return words.compactMap(\.stringValue).joined(separator: " ")
    }

    /// Whether the layer's files belong to whom they should: root's do, and those of a store whose other layers' do.
    private func keepsOwners() throws -> Bool {
        if UserNamespace.isInitial { return true }
        return try base.record.layers.allSatisfy { try store.intactLayer($0.key)?.isPrivileged == true }
    }

    private func config(_ layer: StagedLayer?) throws -> CommittedConfig {
        let layers: CommittedLayers =
            switch layer?.summary.diffID {
            case nil: .unchanged
            case let diffID? where options.isSquashed: .squashed(diffID)
            case let diffID?: .added(diffID)
            }
        return try CommittedConfig(
            base: base.config,
            platform: .host,
            config: try options.changes?.applied(to: base.config.config) ?? base.config.config,
            layers: layers,
            step: CommitStep(
                created: time,
                createdBy: command,
                author: options.author,
                comment: options.message
            )
        )
    }
}
