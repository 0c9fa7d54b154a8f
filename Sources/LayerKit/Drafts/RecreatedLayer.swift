import ImageTransport
import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree

/// A layer of a store, for another stack, another store or a file: its tar is made again when somebody reads it.
struct RecreatedLayer: IncomingLayer {
    let store: LayerStore
    /// The layer.
    let layer: StoredLayer
    /// The compressed bytes that the store has kept of it.
    let kept: LayerBlob?

    var diffID: DiffID { layer.diffID }
    var blobDigest: BlobDigest? { kept?.digest ?? BlobDigest(diffID.digest) }
    var byteCount: Int64 { kept?.byteCount ?? layer.tarByteCount }
    var subject: TransportError.Subject { TransportError.Subject(file: store.path, member: "layer \(diffID)") }

    /// The store has let it in.
    var limits: InputLimits { .unlimited }

    var isPresent: Bool { true }
    var isOmitted: Bool { false }

    func checkUsable() throws {
        guard let record = try store.intactLayer(layer.key), record.summary.diffID == diffID else {
            let reason = "is damaged or not in the store; loading its image again heals it"
            throw LayerError(.corrupt, "layer \(diffID) \(reason)")
        }
    }

    func compression() throws -> Compression { kept?.compression ?? .none }

    func openStored() throws -> VerifiedSource {
        guard let kept else {
            let tar = RecreatedTar(layer, in: store)
            return VerifiedSource(tar, digest: diffID.digest, byteCount: byteCount, subject: subject)
        }
        guard let file = try store.openBlob(kept.digest) else {
            throw LayerError(.failure, "layer \(diffID): blob \(kept.digest) went away while it was in use")
        }
        return VerifiedSource(
            FileRangeSource(file: file, offset: 0, byteCount: kept.byteCount),
            digest: kept.digest.digest,
            byteCount: kept.byteCount,
            subject: subject
        )
    }

    func openTar(readsAhead: Bool) throws -> any IncomingTar {
        Stream(RecreatedTar(layer, in: store), layer, readsAhead: readsAhead)
    }

    func donor() throws -> ContentDonor? {
        guard let directory = try store.layerDirectory(layer.key) else { return nil }
        let index = try LayerIndex(MappedFile(directory.openFile(LayerUnpacker.indexName)))
        let tree = try directory.open(LayerUnpacker.treeName)
        let stack = LowerStack([StackedLayer(index: index, tree: tree, isExact: false)])
        let changes = ChangeWalk.wholeTree(of: stack).changes
        return ContentDonor(changes, ChangedFiles(upper: tree, lowers: stack), .sharingBlocks)
    }

    /// The tar, which verifies itself.
    private final class Stream: IncomingTar {
        let compression = Compression.none
        private let layer: StoredLayer
        private let tar: any ByteSource
        private let ahead: ReadAheadSource?

        init(_ tar: RecreatedTar, _ layer: StoredLayer, readsAhead: Bool) {
            self.layer = layer
            self.tar = tar
            ahead = readsAhead ? ReadAheadSource(tar) : nil
        }

        func nextChunk() throws -> UnsafeRawBufferPointer { try ahead?.nextChunk() ?? tar.nextChunk() }

        func finish() throws -> LayerBlobFacts {
            while try !nextChunk().isEmpty {}
            ahead?.close()
            return LayerBlobFacts(
                blobDigest: BlobDigest(layer.diffID.digest),
                blobByteCount: layer.tarByteCount,
                diffID: layer.diffID,
                tarByteCount: layer.tarByteCount,
                compression: .none
            )
        }
    }
}
