import ImageTransport
import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

/// Puts unpacked layers into the stacks of their images: what depends on the layers below is completed, the lowest first.
final class StackAssembly {
    /// The layers to publish.
    private(set) var staged: [StagedLayer] = []
    /// What the disk could not hold, over all layers.
    private(set) var notes = LayerNotes()

    private let store: LayerStore
    private let unpacking: LayerUnpacking
    private let settings: TreeSettings
    /// Layers that only look whole.
    private let damaged: Set<LayerKey>
    private var stagedByKey: [LayerKey: StagedLayer] = [:]
    private var lowers: [LayerKey: LowerLayer] = [:]

    /// Prepares for the layers of one load.
    init(
        _ store: LayerStore,
        _ unpacking: LayerUnpacking,
        settings: TreeSettings,
        excluding damaged: Set<LayerKey> = []
    ) {
        self.store = store
        self.unpacking = unpacking
        self.settings = settings
        self.damaged = damaged
    }

    /// Completes an image's layers.
    ///
    /// - Parameter layers: The layers, the lowest first.
    /// - Returns: What the store is to know of each.
    /// - Throws: `LayerError` that names the layer.
    func assemble(_ layers: [any IncomingLayer]) throws -> [ImageRecord.Layer] {
        var records: [ImageRecord.Layer] = []
        for (layer, chainID) in zip(layers, ChainID.of(layers.map(\.diffID))) {
            let below = records.map(\.key)
            let (key, blob) = try place(layer, in: chainID, over: below)
            records.append(
                ImageRecord.Layer(
                    diffID: layer.diffID,
                    key: key,
                    blobDigest: layer.blobDigest ?? blob?.digest,
                    blobByteCount: layer.blobDigest == nil ? blob?.byteCount : layer.byteCount
                )
            )
        }
        return records
    }

    /// Finds or makes what stands for a layer in a stack.
    private func place(
        _ layer: any IncomingLayer,
        in chainID: ChainID,
        over below: [LayerKey]
    ) throws -> (LayerKey, LayerBlob?) {
        for key in [LayerKey(layer.diffID), LayerKey(chainID)] {
            // The lowest layer of one stack may be named by the same digest as a layer that is fit for any.
            guard let found = stagedByKey[key], found.summary.diffID == layer.diffID,
                found.summary.isSelfContained || found.chainID == chainID
            else { continue }
            return (key, found.blob)
        }
        if let record = try store.layer(layer.diffID, in: chainID, excluding: damaged) {
            return (record.key, record.blob)
        }
        do {
            let unpacked = try unpacking.take(layer.diffID) ?? unpacking.unpack(layer)
            if let waiting = unpacked.waiting {
                try waiting.settle(over: below.reversed().map(lower))
                try waiting.finish()
            }
            let layer = stage(unpacked, chainID)
            return (layer.key, layer.blob)
        } catch {
            throw LayerError.wrapping(error, about: layer.subject)
        }
    }

    private func stage(_ unpacked: LayerUnpacking.Unpacked, _ chainID: ChainID) -> StagedLayer {
        let facts = unpacked.facts
        let layer = StagedLayer(
            directory: unpacked.directory,
            name: unpacked.name,
            summary: LayerSummary(
                diffID: facts.diffID,
                tarByteCount: facts.tarByteCount,
                statistics: unpacked.waiting?.statistics ?? unpacked.statistics
            ),
            chainID: chainID,
            usesUserAttributes: settings.usesUserAttributes,
            isPrivileged: settings.uid == 0,
            blob: LayerBlob(
                digest: facts.blobDigest,
                byteCount: facts.blobByteCount,
                compression: facts.compression
            )
        )
        notes.add(unpacked.waiting?.notes ?? unpacked.notes)
        stagedByKey[layer.key] = layer
        staged.append(layer)
        return layer
    }

    private func lower(_ key: LayerKey) throws -> LowerLayer {
        if let lower = lowers[key] { return lower }
        guard let directory = try stagedByKey[key]?.directory ?? store.layerDirectory(key) else {
            throw LayerError(.corrupt, "layer \(key.digest) is not in the store any more")
        }
        let index = try LayerIndex(MappedFile(directory.openFile(LayerUnpacker.indexName)))
        let lower = LowerLayer(index: index, tree: try directory.open(LayerUnpacker.treeName))
        lowers[key] = lower
        return lower
    }
}
