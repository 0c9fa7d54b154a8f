import ImageTransport
import LayerArchive
import LayerModel
import LayerStorage
import LayerSystem

/// Where the layers and images of a repair may come from: bytes that the store has kept, and archives.
struct RepairSources {
    /// A stack of layers of which some may be had.
    struct Stack {
        /// The layers, the lowest first.
        let layers: [any IncomingLayer]
        /// The image of an archive; nil for one of the store.
        let image: ArchiveImage?
    }

    /// The stacks, those of the store first.
    let stacks: [Stack]

    /// Opens archives, and looks what the store has kept.
    ///
    /// - Parameters:
    ///   - archives: Files with images.
    ///   - store: The store.
    ///   - spoolDirectory: Where the bodies of compressed and piped files go.
    ///   - limits: How much of an archive is read before it is refused.
    /// - Throws: `LayerError` for what is no file, `TransportError`, `SystemError`.
    init(_ archives: [ImageArgument], _ store: LayerStore, spoolDirectory: Directory, limits: InputLimits) throws {
        var stacks: [Stack] = []
        for image in try store.images().images {
            stacks.append(Stack(layers: try image.record.layers.map { try Self.kept($0, in: store) }, image: nil))
        }
        for archive in archives {
            guard case .file(let input, let selector) = archive.locator else {
                throw LayerError(.usage, "\(archive.name ?? ""): not a file")
            }
            let source = try ImageSource.open(
                input,
                selector: selector,
                platform: .wanting(nil),
                spoolDirectory: spoolDirectory,
                limits: limits
            )
            stacks += source.images.map { Stack(layers: $0.layers, image: $0) }
        }
        self.stacks = stacks
    }

    /// All that may have the tar of a layer.
    func layers(_ diffID: DiffID) -> [any IncomingLayer] {
        stacks.flatMap(\.layers).filter { $0.diffID == diffID && $0.isPresent }
    }

    /// The layers of archives whose stored bytes have a digest.
    func blobs(_ digests: Set<BlobDigest>) -> [any IncomingLayer] {
        var seen: Set<BlobDigest> = []
        return stacks.filter { $0.image != nil }.flatMap(\.layers).filter { layer in
            guard layer.isPresent, let digest = layer.blobDigest, digests.contains(digest) else { return false }
            return seen.insert(digest).inserted
        }
    }

    /// A layer of an image of the store: its kept bytes, or nothing.
    private static func kept(_ layer: ImageRecord.Layer, in store: LayerStore) throws -> ArchiveLayer {
        let label = "layer \(layer.diffID)"
        // reason: what is no file has no bytes to give
        guard let digest = layer.blobDigest, let byteCount = layer.blobByteCount,
            let file = try? store.openBlob(digest), try file.byteCount() == byteCount
        else { return ArchiveLayer(absent: layer.diffID, label: label) }
        // What was let in is let in.
        return ArchiveLayer(
            blob: file,
            digest,
            byteCount: byteCount,
            diffID: layer.diffID,
            label: file.label,
            limits: .unlimited
        )
    }
}
