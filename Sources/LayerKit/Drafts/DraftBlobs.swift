import ImageTransport
import LayerArchive
import LayerModel
import LayerSystem
import Synchronization

/// What stands for each layer of drafts in a file, and where those bytes come from.
///
/// Before anything is written every compressed layer has been read once: its blob, its DiffID and the length of its tar are known then. What
/// is plain is verified while it is written.
final class DraftBlobs: Sendable {
    /// Where the bytes of a blob come from.
    private enum Origin: Sendable {
        case stored(any IncomingLayer)
        case tar(any IncomingLayer)
        case compressed(File)
    }

    /// A layer in one of the forms in which it lies: two images may bring one tar compressed in two ways.
    private struct Form: Hashable {
        let diffID: DiffID
        let blobDigest: BlobDigest?

        init(_ layer: DraftLayer) {
            diffID = layer.diffID
            blobDigest = layer.source.blobDigest
        }
    }

    private let options: SaveOptions
    private let origins = Mutex<[BlobDigest: Origin]>([:])
    private let prepared = Mutex<[Form: OutgoingLayer]>([:])

    init(_ options: SaveOptions) {
        self.options = options
    }

    /// Decides on the layers of drafts, several at a time, the longest first.
    ///
    /// - Parameter drafts: The images.
    /// - Returns: For each image its layers, the lowest first.
    /// - Throws: `LayerError` for a layer that is not what its digests say.
    func prepare(_ drafts: [ImageDraft]) throws -> [[OutgoingLayer]] {
        var distinct: [Form: DraftLayer] = [:]
        for layer in drafts.flatMap(\.layers) { distinct[Form(layer)] = distinct[Form(layer)] ?? layer }
        let jobs = distinct.values.sorted {
            ($1.storedByteCount, $0.diffID.description) < ($0.storedByteCount, $1.diffID.description)
        }
        try WorkerPool.run(workers: options.workerCount ?? WorkerPool.processorCount, jobs: jobs.count) { job in
            let layer = jobs[job]
            do {
                guard let (outgoing, origin) = try self.prepare(layer) else { return }
                self.keep(layer, outgoing, origin)
            } catch {
                throw LayerError.wrapping(error, about: layer.source.subject)
            }
        }
        // One after the other, each by all threads.
        for layer in jobs where prepared.withLock({ $0[Form(layer)] }) == nil {
            do {
                try compress(layer)
            } catch {
                throw LayerError.wrapping(error, about: layer.source.subject)
            }
        }
        let prepared = prepared.withLock(\.self)
        return drafts.map { $0.layers.compactMap { prepared[Form($0)] } }
    }

    /// Opens the bytes of a layer, verified where they were not made just now.
    ///
    /// - Parameters:
    ///   - layer: A layer that `prepare` gave.
    ///   - readsAhead: Whether to read and verify them on a thread of its own.
    /// - Returns: The bytes.
    /// - Throws: `LayerError`, `SystemError`.
    func open(_ layer: OutgoingLayer, readsAhead: Bool) throws -> any ByteSource {
        let source: any ByteSource
        switch origins.withLock({ $0[layer.blobDigest] }) {
        case .stored(let incoming):
            let stored = try incoming.openStored()
            // What declares no digest has the one that it had when it was read before.
            source =
                incoming.blobDigest != nil
                ? stored
                : VerifiedSource(
                    stored,
                    digest: layer.blobDigest.digest,
                    byteCount: layer.byteCount,
                    subject: incoming.subject
                )
        case .tar(let incoming): source = FinishedTar(try incoming.openTar(readsAhead: false))
        case .compressed(let file): return FileRangeSource(file: file, offset: 0, byteCount: layer.byteCount)
        case nil: throw LayerError(.failure, "layer \(layer.diffID) was not prepared")
        }
        return readsAhead ? ReadAheadSource(source) ?? source : source
    }

    private func keep(_ layer: DraftLayer, _ outgoing: OutgoingLayer, _ origin: Origin) {
        prepared.withLock { $0[Form(layer)] = outgoing }
        origins.withLock { $0[outgoing.blobDigest] = origin }
    }

    /// What stands for a layer; nil for one that is to be compressed.
    private func prepare(_ layer: DraftLayer) throws -> (OutgoingLayer, Origin)? {
        let source = layer.source
        let stored = try source.compression()
        if isKept(stored, wanted(layer)) {
            guard stored != .none else { return (plain(source, byteCount: source.byteCount), .tar(source)) }
            let facts = try verify(source)
            let outgoing = OutgoingLayer(
                diffID: source.diffID,
                blobDigest: facts.blobDigest,
                byteCount: facts.blobByteCount,
                compression: stored
            )
            return (outgoing, .stored(source))
        }
        guard wanted(layer) ?? .uncompressed == .uncompressed else { return nil }
        return (plain(source, byteCount: try verify(source).tarByteCount), .tar(source))
    }

    private func compress(_ layer: DraftLayer) throws {
        guard let wanted = wanted(layer) else { return }
        let workers = options.workerCount ?? WorkerPool.processorCount
        let file = try File.temporary(in: Directory(path: Host.temporaryPath))
        let tar = try layer.source.openTar(readsAhead: workers > 1)
        let outgoing = try BlobWriter(wanted, layer.diffID, file, workers: workers).write(tar)
        _ = try tar.finish()
        keep(layer, outgoing, .compressed(file))
    }

    /// The compression that was asked for, or else the layer's own wish where the form carries it; nil for as it lies.
    private func wanted(_ layer: DraftLayer) -> BlobCompression? {
        if let compression = options.compression { return compression }
        guard let wish = layer.compression, carries(wish.compression) else { return nil }
        return wish
    }

    private func carries(_ compression: Compression) -> Bool {
        switch compression {
        case .none: true
        case .gzip: options.format != .dockerLegacy
        case .zstd: options.format == .ociArchive || options.format == .ociDirectory
        default: false
        }
    }

    /// Whether bytes go out as they lie: those of another kind than the form carries, or than was asked for, do not.
    private func isKept(_ stored: Compression, _ wanted: BlobCompression?) -> Bool {
        if let wanted { return stored == wanted.compression }
        return carries(stored)
    }

    private func plain(_ source: any IncomingLayer, byteCount: Int64) -> OutgoingLayer {
        OutgoingLayer(
            diffID: source.diffID,
            blobDigest: BlobDigest(source.diffID.digest),
            byteCount: byteCount,
            compression: .none
        )
    }

    private func verify(_ source: any IncomingLayer) throws -> LayerBlobFacts {
        try source.openTar(readsAhead: false).finish()
    }
}

/// A tar whose end comes only when all that went before is verified.
private final class FinishedTar: ByteSource {
    private let tar: any IncomingTar

    init(_ tar: any IncomingTar) {
        self.tar = tar
    }

    func nextChunk() throws -> UnsafeRawBufferPointer {
        let chunk = try tar.nextChunk()
        if chunk.isEmpty { _ = try tar.finish() }
        return chunk
    }
}
