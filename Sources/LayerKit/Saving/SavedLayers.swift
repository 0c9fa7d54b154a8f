import ImageTransport
import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

/// What stands for each layer in what is written, and where those bytes come from.
final class SavedLayers {
    /// Where the bytes of a blob come from.
    private enum Origin {
        case tree(StoredLayer)
        case kept
        case compressed(name: String)
    }

    private let store: LayerStore
    private let options: SaveOptions
    private let omitted: Set<DiffID>
    /// Where compressed layers wait; nil for a store that cannot be written.
    private let staging: Directory?
    private var origins: [BlobDigest: Origin] = [:]
    private var compressed: [DiffID: OutgoingLayer] = [:]

    /// Prepares to write layers of a store.
    init(_ store: LayerStore, _ options: SaveOptions, omitting omitted: Set<DiffID>, staging: Directory?) {
        self.omitted = omitted
        self.store = store
        self.options = options
        self.staging = staging
    }

    /// Decides on the layers of images; those that are to be compressed are.
    ///
    /// - Parameter images: The images.
    /// - Returns: For each image its layers, the lowest first.
    /// - Throws: `LayerError`.
    func prepare(_ images: [StoredImage]) throws -> [[OutgoingLayer]] {
        var choices: [[(layer: StoredLayer, kept: OutgoingLayer?)]] = []
        for image in images { choices.append(try image.record.layers.map { try choose($0, of: image) }) }
        if let compression = options.compression, compression != .uncompressed {
            var left: [DiffID: StoredLayer] = [:]
            for (layer, kept) in choices.joined() where kept == nil && !omitted.contains(layer.diffID) {
                left[layer.diffID] = layer
            }
            try compress(Array(left.values), compression)
        }
        return choices.map { $0.map { $1 ?? compressed[$0.diffID] ?? plain($0) } }
    }

    /// Opens the bytes of a layer, verified where they were not made just now.
    ///
    /// - Parameters:
    ///   - layer: A layer that `prepare` gave.
    ///   - readsAhead: Whether to make and verify them on a thread of its own.
    /// - Returns: The bytes.
    /// - Throws: `LayerError`, `SystemError`.
    func open(_ layer: OutgoingLayer, readsAhead: Bool) throws -> any ByteSource {
        let source: any ByteSource
        switch origins[layer.blobDigest] {
        case .tree(let stored): source = RecreatedTar(stored, in: store)
        case .kept:
            guard let file = try store.openBlob(layer.blobDigest) else { throw Self.lost(layer) }
            source = verified(file, layer)
        case .compressed(let name):
            guard let file = try staging?.openFile(name) else { throw Self.lost(layer) }
            return FileRangeSource(file: file, offset: 0, byteCount: layer.byteCount)
        case nil: throw Self.lost(layer)
        }
        return readsAhead ? ReadAheadSource(source) ?? source : source
    }

    private static func lost(_ layer: OutgoingLayer) -> LayerError {
        LayerError(.failure, "layer \(layer.diffID): blob \(layer.blobDigest) went away while it was in use")
    }

    private func verified(_ file: File, _ layer: OutgoingLayer) -> VerifiedSource {
        VerifiedSource(
            FileRangeSource(file: file, offset: 0, byteCount: layer.byteCount),
            digest: layer.blobDigest.digest,
            byteCount: layer.byteCount,
            subject: TransportError.Subject(file: file.label)
        )
    }

    private func choose(
        _ layer: ImageRecord.Layer,
        of image: StoredImage
    ) throws -> (layer: StoredLayer, kept: OutgoingLayer?) {
        guard let record = try store.intactLayer(layer.key), record.summary.diffID == layer.diffID else {
            let reason = "is damaged or not in the store; loading the image again heals it"
            throw LayerError(.corrupt, "layer \(layer.diffID) of image \(image.record.id) \(reason)")
        }
        let stored = StoredLayer(diffID: layer.diffID, key: layer.key, tarByteCount: record.summary.tarByteCount)
        return (stored, try kept(layer))
    }

    /// The bytes that were kept of a layer, if they are what is wanted.
    private func kept(_ layer: ImageRecord.Layer) throws -> OutgoingLayer? {
        guard let blob = try Self.keptBlob(of: layer, in: store), isWanted(blob.compression) else { return nil }
        origins[blob.digest] = .kept
        return OutgoingLayer(
            diffID: layer.diffID,
            blobDigest: blob.digest,
            byteCount: blob.byteCount,
            compression: blob.compression,
            isOmitted: omitted.contains(layer.diffID)
        )
    }

    /// The compressed bytes that a store has kept of a layer of an image; nil for none.
    static func keptBlob(of layer: ImageRecord.Layer, in store: LayerStore) throws -> LayerBlob? {
        guard let digest = layer.blobDigest, digest.digest != layer.diffID.digest, let file = try store.openBlob(digest)
        else { return nil }
        let byteCount = try file.byteCount()
        guard byteCount == layer.blobByteCount else { return nil }
        let prefix = FileRangeSource(
            file: file,
            offset: 0,
            byteCount: min(byteCount, Int64(Compression.prefixByteCount))
        )
        return LayerBlob(
            digest: digest,
            byteCount: byteCount,
            compression: Compression.sniff(try prefix.nextChunk())
        )
    }

    private func isWanted(_ compression: Compression) -> Bool {
        if options.format == .dockerLegacy { return false }
        if let wanted = options.compression { return compression == wanted.compression }
        return compression == .gzip || compression == .zstd && options.format != .dockerArchive
    }

    private func plain(_ layer: StoredLayer) -> OutgoingLayer {
        let digest = BlobDigest(layer.diffID.digest)
        origins[digest] = .tree(layer)
        return OutgoingLayer(
            diffID: layer.diffID,
            blobDigest: digest,
            byteCount: layer.tarByteCount,
            compression: .none,
            isOmitted: omitted.contains(layer.diffID)
        )
    }

    /// Compresses layers into the staging directory, one after the other, each by all threads.
    private func compress(_ layers: [StoredLayer], _ compression: BlobCompression) throws {
        guard let staging else { throw LayerError(.failure, "\(store.path): no place for compressed layers in it") }
        let workers = options.workerCount ?? WorkerPool.processorCount
        for layer in layers {
            let tar = RecreatedTar(layer, in: store)
            let ahead = workers > 1 ? ReadAheadSource(tar) : nil
            let file = try staging.createFile(Self.name(of: layer))
            let blob = try BlobWriter(compression, layer.diffID, file, workers: workers).write(ahead ?? tar)
            compressed[layer.diffID] = blob
            origins[blob.blobDigest] = .compressed(name: Self.name(of: layer))
        }
    }

    private static func name(of layer: StoredLayer) -> String { "blob-\(layer.diffID.digest.hex)" }
}
