import ImageSpec
import ImageTransport
import LayerModel
import LayerStorage
import LayerSystem

extension ImageStore {
    /// Writes images as an archive, byte for byte the same whenever the same is asked for.
    ///
    /// Layers are made again from their trees and hashed on the way: what does not come out as it came in ends the save with an error
    /// that names the damaged file. What is not compressed goes out in one pass. Nothing is written before all images are found.
    ///
    /// - Parameters:
    ///   - names: Names with a tag; names without, for all tags of a repository; IDs, for images without a name.
    ///   - options: What is asked for; a directory is none of the archives.
    ///   - sink: Takes the bytes, valid during the call only.
    /// - Throws: `LayerError`: `notFound` for an image or platform that is not there; `corrupt` for a damaged layer; `usage`; what the
    ///   sink threw, as the cause of a `failure`.
    public func save(
        _ names: [String],
        _ options: SaveOptions = SaveOptions(),
        sink: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws(LayerError) {
        try LayerError.catching {
            guard options.format != .ociDirectory else {
                throw LayerError(.usage, "\(options.format.rawValue) is a directory and no stream")
            }
            try Save(names, options, store).run(into: TarSink(sink))
        }
    }

    /// Writes images as an OCI layout directory, which appears whole or not at all.
    ///
    /// - Parameters:
    ///   - names: Names and IDs, as for an archive.
    ///   - options: What is asked for; the format counts for nothing.
    ///   - path: The directory; may be there if it is empty.
    /// - Throws: `LayerError`: as for an archive; `conflict` when the directory is there and not empty.
    public func save(
        _ names: [String],
        _ options: SaveOptions = SaveOptions(),
        intoDirectory path: String
    ) throws(LayerError) {
        try LayerError.catching {
            var options = options
            options.format = .ociDirectory
            let save = try Save(names, options, store)
            try NewDirectory.make(path) { try save.run(into: DirectorySink($0)) }
        }
    }
}

/// One save.
private struct Save {
    private let selection: SaveSelection
    private let options: SaveOptions
    private let store: LayerStore
    /// What keeps others from deleting layers meanwhile, and has a place for compressed ones.
    private let transaction: StoreTransaction?
    private let layers: SavedLayers

    init(_ names: [String], _ options: SaveOptions, _ store: LayerStore) throws {
        selection = try SaveSelection(names, in: store)
        if !options.platforms.isEmpty { try selection.check(options.platforms) }
        try options.checkForm()
        self.options = options
        self.store = store
        transaction = try store.beginReading()
        let known = try options.since.flatMap { try store.resolve($0).record.layers.map(\.diffID) }
        layers = SavedLayers(store, options, omitting: Set(known), staging: transaction?.staging)
    }

    func run(into sink: any ImageSink) throws {
        let prepared = try layers.prepare(selection.images.map(\.image))
        var images: [OutgoingImage] = []
        for ((image, references), layers) in zip(selection.images, prepared) {
            images.append(
                OutgoingImage(
                    references: references,
                    id: image.record.id,
                    config: image.config,
                    layers: layers,
                    base: image.record.base,
                    receivedManifest: try manifest(of: image)
                )
            )
        }
        let plan = LayoutPlan(images, form: options.format.layoutForm)
        try LayoutWriter(plan) { [layers] in try layers.open($0, readsAhead: $1) }.write(into: sink)
        withExtendedLifetime(transaction) {}
    }

    private func manifest(of image: StoredImage) throws -> ReceivedManifest? {
        guard let digest = image.record.manifestDigest, let bytes = try store.manifestBytes(of: image) else {
            return nil
        }
        return ReceivedManifest(try ImageManifest(parsing: bytes, limits: .unlimited), digest: digest)
    }
}
