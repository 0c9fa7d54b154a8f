import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

/// The layers that a command asks, each opened or read once.
///
/// A layer of a file that the store has, or that was read for another image already, is not read again: it is what its DiffID names.
final class LayerPool {
    let store: LayerStore
    let platform: Platform?
    /// How much of a file is read before it is refused.
    let limits: InputLimits
    /// Whether contents are to be told apart: then all of a file's layers is read and verified, otherwise headers only.
    let readsContent: Bool
    /// What looks at the contents of all layers: then those of a file are read though the store has them.
    let inspection: LayerInspection?
    private var stored: [LayerKey: StackedLayer] = [:]
    private var scanned: [Digest: StackedLayer] = [:]

    /// Prepares to open layers.
    init(
        _ store: LayerStore,
        platform: Platform?,
        limits: InputLimits,
        readsContent: Bool,
        inspection: LayerInspection? = nil
    ) {
        self.store = store
        self.platform = platform
        self.limits = limits
        self.readsContent = readsContent
        self.inspection = inspection
    }

    /// Opens what an argument means.
    ///
    /// - Parameter argument: The argument.
    /// - Returns: All layers of the tree, for a single layer those of its image.
    /// - Throws: `LayerError`; what opening and reading met.
    func stack(_ argument: AskedArgument) throws -> AskedStack {
        let stack: AskedStack
        switch argument.subject {
        case .archive(let file): stack = try archive(file)
        case .image(let image): stack = try self.image(image, argument.text)
        case .container(let record): stack = try container(record)
        case .directory(let path): stack = try AskedStack(layers: [directory(path)], image: nil)
        }
        if let position = argument.position, !stack.layers.indices.contains(position) {
            let count = "the image has \(stack.layers.count) layers, 1 is the lowest"
            throw LayerError(.notFound, "\(EscapedText.name(argument.text.utf8)): no such layer: \(count)")
        }
        return stack
    }

    private func image(_ image: StoredImage, _ name: String) throws -> AskedStack {
        if let platform, image.config.platform.flatMap({ platform.rank(of: $0, isStrict: true) }) == nil {
            let reason = "was found but does not match the specified platform: wanted \(platform)"
            throw LayerError(.notFound, "image with reference \(EscapedText.name(name.utf8)) \(reason)")
        }
        let layers = try opened(image.record.layers.map(\.key))
        try inspection?.read(image.record.layers, in: store)
        return AskedStack(layers: layers, image: try ImageStore.details(image, in: store))
    }

    /// Layers of the store in an order of the caller's, which may name one twice.
    private func opened(_ keys: [LayerKey]) throws -> [StackedLayer] {
        var missing: [LayerKey] = []
        for key in keys where stored[key] == nil && !missing.contains(key) { missing.append(key) }
        for (key, layer) in zip(missing, try StackedLayer.opened(missing, in: store)) { stored[key] = layer }
        return keys.compactMap { stored[$0] }
    }

    private func archive(_ file: ImageArgument) throws -> AskedStack {
        let images = try ArchiveImages(file, platform: platform, limits: limits)
        let image = try images.source.onlyImage()
        try image.checkLayers()
        let chain = ChainID.of(image.layers.map(\.diffID))
        for (layer, chainID) in zip(image.layers, chain) where scanned[chainID.digest] == nil && inspection == nil {
            guard let record = try store.layer(layer.diffID, in: chainID) else { continue }
            scanned[chainID.digest] = try opened([record.key])[0]
        }
        try scan(zip(image.layers, chain).filter { scanned[$1.digest] == nil }, of: image, chain)
        return AskedStack(layers: chain.compactMap { scanned[$0.digest] }, image: ImageDetails(image))
    }

    /// Reads the layers that are not known yet; those that depend on what lies below them are completed, the lowest first.
    private func scan(_ missing: [(ArchiveLayer, ChainID)], of image: ArchiveImage, _ chain: [ChainID]) throws {
        let scan = IndexScan(missing.map(\.0), readsContent: readsContent, inspection: inspection)
        try scan.run()
        let room = try Directory(path: Host.temporaryPath)
        var selfContained: [DiffID: StackedLayer] = [:]
        for (place, (layer, chainID)) in zip(image.layers, chain).enumerated() where scanned[chainID.digest] == nil {
            do {
                if let known = selfContained[layer.diffID] {
                    scanned[chainID.digest] = known
                    continue
                }
                // A layer that is there twice and depends on what lies below is read for each of its places.
                let indexer = try scan.take(layer.diffID) ?? scan.index(layer)
                if indexer.needsLowerLayers {
                    try indexer.settle(over: LowerStack(chain[..<place].reversed().compactMap { scanned[$0.digest] }))
                    scanned[chainID.digest] = try indexer.finish(in: room)
                } else {
                    let finished = try indexer.finish(in: room)
                    (scanned[chainID.digest], selfContained[layer.diffID]) = (finished, finished)
                }
            } catch {
                throw LayerError.wrapping(error, about: layer.subject)
            }
        }
    }

    /// A container's own layer is what a commit would make of it.
    private func container(_ record: ContainerRecord) throws -> AskedStack {
        let container = try ContainerStack(record.id.hex, in: store, .shared)
        let lowers = container.lowers
        var seen: Set<LayerKey> = []
        let keys = container.record.layers.map(\.key).reversed().filter { seen.insert($0).inserted }
        for (key, layer) in zip(keys, lowers.layers) where stored[key] == nil { stored[key] = layer }
        let below = zip(keys, lowers.layers).map { stored[$0] ?? $1 }
        let changes = try container.changes().changes
        guard !changes.isEmpty else { return AskedStack(layers: below.reversed(), image: nil, lock: container) }
        let layer = try Self.layer(of: changes, in: container.upper, over: lowers, readsContent)
        return AskedStack(layers: below.reversed() + [layer], image: nil, ownLayerCount: 1, lock: container)
    }

    /// A directory is one layer: owners and modes as the host has them.
    private func directory(_ path: String) throws -> StackedLayer {
        var form = UpperForm(namespaces: [], ownUserID: 0, ownGroupID: 0, hasExactOwners: true)
        form.isWholeTree = true
        let nothing = LowerStack([])
        let root = try Directory(path: path)
        let set = ChangeWalk.wholeTree(root, over: nothing, form: form)
        guard set.problems.isEmpty else { throw TreeError.unreadable(set.problems) }
        return try Self.layer(of: set.changes, in: root, over: nothing, readsContent)
    }

    private static func layer(
        of changes: [TreeChange],
        in upper: Directory,
        over lowers: LowerStack,
        _ readsContent: Bool
    ) throws -> StackedLayer {
        let open: @Sendable () throws -> any ByteSource = {
            try ChangeTar(changes, ChangedFiles(upper: upper, lowers: lowers), latestTime: nil)
        }
        let indexer = TarIndexer(readsContent: readsContent, limits: ArchiveLimits(.unlimited), open: open)
        try indexer.read(open())
        if indexer.needsLowerLayers { try indexer.settle(over: lowers) }
        return try indexer.finish(in: Directory(path: Host.temporaryPath))
    }
}
