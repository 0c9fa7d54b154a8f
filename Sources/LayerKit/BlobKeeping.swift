import ImageTransport
import LayerModel
import LayerStorage
import LayerSystem

/// Copies the stored bytes of layers, verified, for a store that is to keep them.
struct BlobKeeping {
    private let store: LayerStore
    private let transaction: StoreTransaction

    /// Prepares to copy into a transaction's staging directory.
    init(_ store: LayerStore, _ transaction: StoreTransaction) {
        self.store = store
        self.transaction = transaction
    }

    /// Copies the layers whose bytes the store does not have yet.
    ///
    /// - Returns: The digests of the files in the staging directory, by name.
    func keep(_ layers: [any IncomingLayer]) throws -> [String: BlobDigest] {
        var kept: [String: BlobDigest] = [:]
        for layer in layers {
            // What the file leaves out, the store has as a tree.
            guard layer.isPresent else { continue }
            if let digest = layer.blobDigest, try store.hasBlob(digest) { continue }
            let name = try TemporaryName.make(prefix: "blob-")
            do {
                kept[name] = try copy(layer, to: transaction.staging.createFile(name))
            } catch {
                throw LayerError.wrapping(error, about: layer.subject)
            }
        }
        return kept
    }

    private func copy(_ layer: any IncomingLayer, to file: File) throws -> BlobDigest {
        let source = try layer.openStored()
        while true {
            let chunk = try source.nextChunk()
            if chunk.isEmpty { break }
            try file.write(chunk)
        }
        return BlobDigest(try source.finish().digest)
    }
}
