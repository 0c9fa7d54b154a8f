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
    /// - Parameters:
    ///   - layers: The layers.
    ///   - damaged: Bytes that are there and not what they should be.
    /// - Returns: The digests of the files in the staging directory, by name.
    /// - Throws: `LayerError` that names the layer.
    func keep(_ layers: [any IncomingLayer], replacing damaged: Set<BlobDigest> = []) throws -> [String: BlobDigest] {
        var kept: [String: BlobDigest] = [:]
        for layer in layers {
            // What the file leaves out, the store has as a tree.
            guard layer.isPresent else { continue }
            if let digest = layer.blobDigest, !damaged.contains(digest),
                try store.hasBlob(digest, byteCount: layer.byteCount)
            {
                continue
            }
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
