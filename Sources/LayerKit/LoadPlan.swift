import ImageTransport
import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem

/// The layers of a load, each once, and which of them must be read.
struct LoadPlan {
    /// The layers in the order in which the images name them.
    let layers: [(layer: any IncomingLayer, isPresent: Bool)]
    /// What stands for the layers that the store has, whole or not: in whose directories something lies.
    let present: [LayerKey: any IncomingLayer]

    /// Looks which layers the store has for every stack that they stand in.
    ///
    /// - Parameters:
    ///   - stacks: The layers of each image, the lowest first.
    ///   - store: The store.
    ///   - damaged: Layers that are there and must be read all the same.
    /// - Throws: `SystemError`.
    init(_ stacks: [[any IncomingLayer]], _ store: LayerStore, excluding damaged: Set<LayerKey> = []) throws {
        var places: [DiffID: Int] = [:]
        var layers: [(layer: any IncomingLayer, isPresent: Bool)] = []
        var present: [LayerKey: any IncomingLayer] = [:]
        for stack in stacks {
            for (layer, chainID) in zip(stack, ChainID.of(stack.map(\.diffID))) {
                let record = try store.layer(layer.diffID, in: chainID, excluding: damaged)
                for key in try record.map({ [$0.key] }) ?? Self.remains(layer.diffID, chainID, store) {
                    present[key] = layer
                }
                let isPresent = record != nil
                if let place = places[layer.diffID] {
                    layers[place].isPresent = layers[place].isPresent && isPresent
                } else {
                    places[layer.diffID] = layers.count
                    layers.append((layer, isPresent))
                }
            }
        }
        self.layers = layers
        self.present = present
    }

    /// Where something lies that is no whole layer.
    private static func remains(_ diffID: DiffID, _ chainID: ChainID, _ store: LayerStore) throws -> [LayerKey] {
        try [LayerKey(diffID), LayerKey(chainID)].filter { key in
            do {
                return try store.layerDirectory(key) != nil && store.intactLayer(key) == nil
            } catch let error as SystemError where error.isNotDirectory {
                return true
            }
        }
    }

    /// Checks that what must be read is there, of the declared sizes and of types that can be unpacked; nothing of it is read.
    ///
    /// An archive may leave out what the store has (`SaveOptions.since`).
    ///
    /// - Throws: `TransportError` of the first layer that is not.
    func checkLayers() throws {
        for (layer, isPresent) in layers {
            guard layer.isOmitted else {
                try layer.checkUsable()
                continue
            }
            guard !isPresent else { continue }
            let reason = "layer \(layer.diffID) is neither in the file nor in the store"
            throw TransportError(.corrupt, layer.subject, reason)
        }
    }

    /// The layers that must be read with their places, the longest first: the last one to end decides how long all takes.
    var missing: [(place: Int, layer: any IncomingLayer)] {
        layers.indices.filter { !layers[$0].isPresent }.map { (place: $0, layer: layers[$0].layer) }
            .sorted { $0.layer.byteCount > $1.layer.byteCount }
    }

    /// The plan as those who watch see it.
    var description: [PlannedLayer] {
        layers.map { PlannedLayer(diffID: $0.layer.diffID, byteCount: $0.layer.byteCount, isPresent: $0.isPresent) }
    }
}
