import LayerArchive
package import LayerModel
package import LayerSystem

/// Work that adds to a store: done in a staging directory, published at once at its end.
///
/// It holds the store's shared lock while it lives, so that nothing that it counts on is deleted. When it goes without having
/// published, the staging directory goes with it.
package final class StoreTransaction: Sendable {
    private let root: Directory
    private let store: LayerStore
    private let lock: FileLock
    private let stagingName: String
    /// A directory of the transaction's own for unfinished work.
    package let staging: Directory

    init(_ store: LayerStore) throws {
        self.store = store
        root = try store.existingRoot()
        lock = try root.lock(file: StoreLayout.lockName, .shared)
        stagingName = try TemporaryName.make(prefix: "")
        let all = try root.open(StoreLayout.staging)
        try all.makeDirectory(stagingName)
        staging = try all.open(stagingName)
    }

    deinit {
        do {
            try root.open(StoreLayout.staging).removeTree(stagingName)
        } catch {
            // What is left is nobody's once the lock is gone: the next one to clean up takes it.
        }
    }

    /// Makes a directory to unpack a layer into.
    ///
    /// - Returns: The directory and its name in `staging`.
    /// - Throws: `SystemError`.
    package func makeLayerDirectory() throws -> (directory: Directory, name: String) {
        let name = try TemporaryName.make(prefix: "layer-")
        try staging.makeDirectory(name)
        return (try staging.open(name), name)
    }

    /// Writes all records, waits until everything is on the disk, and puts it in its place.
    ///
    /// - Parameters:
    ///   - layers: The layers; one that the store has got whole in the meantime is dropped.
    ///   - images: The images of these layers and of others that the store has.
    ///   - blobs: Files in `staging` with the compressed bytes of layers, by name.
    ///   - damaged: Layers to put in the place of those that only look whole.
    /// - Throws: `StorageError`, `SystemError`.
    package func publish(
        layers: [StagedLayer],
        images: [StagedImage],
        blobs: [String: BlobDigest] = [:],
        replacing damaged: Set<LayerKey> = []
    ) throws {
        let session = root.durability == .none ? try root.session() : nil
        for layer in layers { try writeRecord(layer, unsynchronizedSession: session) }
        var documents: [(name: String, id: ImageID)] = []
        for image in images where try needs(image, keeping: Set(blobs.values)) {
            documents.append((try writeDocuments(image), image.record.id))
        }
        guard !(layers.isEmpty && documents.isEmpty && blobs.isEmpty) else { return }
        try root.synchronizeFileSystem()
        // One publisher at a time: whether a place is taken must stay true until it is filled.
        let all = try root.open(StoreLayout.layers)
        let publishing = try all.lock(.exclusive)
        defer { withExtendedLifetime(publishing) {} }
        for layer in layers where try damaged.contains(layer.key) || store.trustedLayer(layer.key) == nil {
            try put(layer.name, at: StoreLayout.layer(layer.key))
        }
        for (name, digest) in blobs { try put(name, at: StoreLayout.blob(digest)) }
        // What an image counts on is in its place for good before the image is.
        try synchronize(layers.map { StoreLayout.layer($0.key) } + blobs.values.map(StoreLayout.blob))
        for (name, id) in documents { try put(name, at: StoreLayout.image(id)) }
        try synchronize(documents.map { StoreLayout.image($0.id) })
    }

    /// An image that is there stays, unless this one brings the manifest that it lacks or names the blobs that are kept with it, or
    /// the one there is damaged.
    private func needs(_ image: StagedImage, keeping blobs: Set<BlobDigest>) throws -> Bool {
        do {
            guard let stored = try store.storedImage(image.record.id) else { return true }
            _ = try store.manifestBytes(of: stored)
            let present = stored.record
            if present.manifestDigest == nil, image.record.manifestDigest != nil { return true }
            let kept = blobs.intersection(image.record.layers.compactMap(\.blobDigest))
            return !kept.isSubset(of: present.layers.compactMap(\.blobDigest))
        } catch let error as StorageError where error.kind == .corrupt {
            return true
        } catch let error as SystemError where error.isNotDirectory || error.isNotRegularFile {
            return true
        }
    }

    private func writeRecord(_ layer: StagedLayer, unsynchronizedSession: String?) throws {
        let index = try layer.directory.openFile("index")
        let record = LayerRecord(
            layer,
            indexByteCount: try index.byteCount(),
            indexDigest: try index.digest(.sha256),
            unsynchronizedSession: unsynchronizedSession
        )
        try RecordFile.create(record.json, "layer.json", in: layer.directory)
    }

    private func writeDocuments(_ image: StagedImage) throws -> String {
        let name = try TemporaryName.make(prefix: "image-")
        try staging.makeDirectory(name)
        let directory = try staging.open(name)
        try directory.createFile("config.json").write(image.configBytes)
        if let manifest = image.manifestBytes { try directory.createFile("manifest.json").write(manifest) }
        try RecordFile.create(image.record.json, "image.json", in: directory)
        return name
    }

    /// Moves something to its place, and what is there out of the way.
    private func put(_ name: String, at place: [String]) throws {
        let parent = try root.openOrMake(Array(place.dropLast()))
        let final = place[place.count - 1]
        do throws(SystemError) {
            try staging.rename(name, to: parent, as: final, replacing: false)
        } catch {
            guard error.isAlreadyThere else { throw error }
            // In one step, so that no moment is without one of the two; the old one goes with the staging directory.
            try staging.exchange(name, with: parent, final)
        }
    }

    /// Waits until the directories that places lie in are on the disk, each once.
    private func synchronize(_ places: [[String]]) throws {
        for parent in Set(places.map { Array($0.dropLast()) }) { try root.openIfPresent(parent)?.synchronize() }
        for kind in Set(places.map { $0[0] }) { try root.open(kind).synchronize() }
    }
}

extension LayerStore {
    /// Begins work that adds to the store; what dead processes left behind is removed first, if nobody else is at work.
    ///
    /// - Returns: The transaction.
    /// - Throws: `SystemError`; `StorageError` of kind `notFound` when there is no store.
    package func begin() throws -> StoreTransaction {
        try clean()
        return try StoreTransaction(self)
    }

    /// Begins work that only keeps others from deleting meanwhile; nil for a store that cannot be written: nobody deletes from it either.
    ///
    /// - Returns: The transaction.
    /// - Throws: `SystemError`; `StorageError` of kind `notFound` when there is no store.
    package func beginReading() throws -> StoreTransaction? {
        do {
            return try begin()
        } catch let error as SystemError where error.isReadOnly || error.isNotPermitted {
            return nil
        }
    }
}
