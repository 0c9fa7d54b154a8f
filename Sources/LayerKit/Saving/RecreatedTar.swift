import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

/// The tar of a layer of the store, made again from its tree and index when it is first read, and verified at its end.
///
/// The end comes only when all that went before has the layer's DiffID; otherwise an error that names the damaged file.
final class RecreatedTar: ByteSource {
    private let store: LayerStore
    private let layer: StoredLayer
    private let digest: DigestStream
    private let parts: Parts?
    private var byteCount: Int64 = 0
    private var source: GatheringSource?
    private var result: Result<Void, LayerError>?

    /// What a tar is made of.
    typealias Parts = (directory: Directory, index: LayerIndex)

    /// Prepares to make a tar; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - layer: The layer.
    ///   - store: The store.
    ///   - parts: The layer's directory and index where they are open already; of a large layer the index is large.
    init(_ layer: StoredLayer, in store: LayerStore, parts: Parts? = nil) {
        self.store = store
        self.layer = layer
        self.parts = parts
        digest = DigestStream(layer.diffID.digest.algorithm)
    }

    /// Gives the next bytes of the tar.
    ///
    /// - Returns: Bytes that stay until the next call; none at the end.
    /// - Throws: `LayerError` of code `corrupt` that names the layer and, where one is to blame, the file.
    func nextChunk() throws -> UnsafeRawBufferPointer {
        if let result {
            try result.get()
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        do {
            let source = try source ?? open()
            self.source = source
            let chunk = try source.nextChunk()
            digest.update(chunk)
            byteCount += Int64(chunk.count)
            if chunk.isEmpty {
                try verify()
                result = .success(())
                self.source = nil
            }
            return chunk
        } catch {
            let failure = LayerError.wrapping(error, about: "layer \(layer.diffID)")
            result = .failure(failure)
            throw failure
        }
    }

    private func open() throws -> GatheringSource {
        let (directory, index) = try opened()
        return GatheringSource(try TarRecreation(index, layer: directory))
    }

    private func opened() throws -> Parts {
        if let parts { return parts }
        guard let directory = try store.layerDirectory(layer.key) else {
            throw LayerError(.corrupt, "layer \(layer.diffID) is not in the store any more")
        }
        return (directory, try LayerIndex(MappedFile(directory.openFile(LayerUnpacker.indexName))))
    }

    private func verify() throws {
        guard byteCount != layer.tarByteCount || digest.finish() != layer.diffID.digest else { return }
        let (directory, index) = try opened()
        if let path = try index.damagedFile(in: directory.open(LayerUnpacker.treeName)) {
            throw TreeError.damagedFile(path, reason: "its content is not what it was")
        }
        throw TreeError.damagedIndex("what is made of it is another tar, and no file of the tree has changed")
    }
}
