import ImageTransport
import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

/// Unpacks layers anew of which there is no whole index, and publishes them in the place of the damaged ones.
struct LayerRebuilding {
    let store: LayerStore
    let transaction: StoreTransaction
    let workerCount: Int

    /// Unpacks and publishes what a stack lacks.
    ///
    /// - Parameters:
    ///   - layers: The layers, the lowest first.
    ///   - image: The image that is to be published with them; nil for none.
    ///   - damaged: Layers that may look whole.
    /// - Throws: `LayerError` for a layer that is not in the file, or not what its digests say; `SystemError`.
    func rebuild(_ layers: [any IncomingLayer], _ image: ArchiveImage?, excluding damaged: Set<LayerKey>) throws {
        let settings = TreeSettings.ofThisProcess
        let plan = try LoadPlan([layers], store, excluding: damaged)
        try plan.checkLayers()
        let limits = layers.first?.limits ?? .standard
        let unpacking = LayerUnpacking(transaction, settings: settings, limits: limits) { _ in }
        try unpacking.run(plan.missing, workers: workerCount)
        let assembly = StackAssembly(store, unpacking, settings: settings, excluding: damaged)
        let records = try assembly.assemble(layers)
        try transaction.publish(
            layers: assembly.staged,
            images: image.map { [StagedImage($0, layers: records)] } ?? [],
            replacing: damaged
        )
    }

    /// The refusal to exchange a layer that somebody looks at.
    static func isMounted(_ key: LayerKey, at place: [UInt8]) -> LayerError {
        let reason =
            "is damaged and cannot be exchanged while it is mounted at \(EscapedText.name(place)): umount it first"
        return LayerError(.conflict, "layer \(key.digest) \(reason)")
    }
}
