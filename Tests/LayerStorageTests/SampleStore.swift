import ImageSpec
import LayerModel
import LayerSystem
import LayerTestKit
import LayerTree

@testable import LayerStorage

/// A store in a scratch directory, and ways to put small images into it.
struct SampleStore: Sendable {
    private let scratch: ScratchDirectory
    let store: LayerStore

    /// The store's root.
    var path: String { scratch.path + "/store" }

    /// Makes an empty store.
    init() throws {
        scratch = try ScratchDirectory()
        store = try LayerStore(path: scratch.path + "/store", access: .writing)
    }

    /// Opens the store once more, as another process would.
    func reopened(_ access: LayerStore.Access = .reading) throws -> LayerStore {
        try LayerStore(path: path, access: access)
    }

    /// Unpacks a layer into a transaction's staging directory.
    ///
    /// - Parameters:
    ///   - image: The image.
    ///   - number: Which of its layers.
    ///   - transaction: The work that it is part of.
    ///   - isSelfContained: Whether it is to be taken for one that means the same on any base.
    /// - Returns: The layer, ready to be published.
    /// - Throws: When the tar cannot be unpacked.
    func stage(
        _ image: MadeImage,
        _ number: Int,
        in transaction: StoreTransaction,
        isSelfContained: Bool = true
    ) throws -> StagedLayer {
        let (directory, name) = try transaction.makeLayerDirectory()
        let unpacker = try LayerUnpacker(into: directory, settings: Self.settings)
        try unpacker.read(BytesSource(image.layers[number]))
        try unpacker.finish()
        var statistics = unpacker.statistics
        statistics.isSelfContained = isSelfContained
        return StagedLayer(
            directory: directory,
            name: name,
            summary: LayerSummary(
                diffID: image.diffIDs[number],
                tarByteCount: Int64(image.layers[number].count),
                statistics: statistics
            ),
            chainID: image.chainIDs[number],
            usesUserAttributes: Self.settings.usesUserAttributes,
            isPrivileged: Self.settings.uid == 0,
            blob: nil
        )
    }

    /// The documents of an image.
    func document(_ image: MadeImage, blobs: [BlobDigest?] = [], manifest: String? = nil) -> StagedImage {
        let layers = image.diffIDs.enumerated().map { number, diffID in
            ImageRecord.Layer(
                diffID: diffID,
                key: LayerKey(diffID),
                blobDigest: number < blobs.count ? blobs[number] : nil,
                blobByteCount: nil
            )
        }
        let manifestBytes = manifest.map { Array($0.utf8) }
        return StagedImage(
            record: ImageRecord(
                id: image.id,
                layers: layers,
                manifestDigest: manifestBytes.map { BlobDigest(Self.digest(of: $0)) },
                sourceFormat: "docker-archive"
            ),
            configBytes: image.configBytes,
            manifestBytes: manifestBytes
        )
    }

    /// Puts an image with its layers and its names into the store.
    @discardableResult
    func add(_ image: MadeImage, blobs: [BlobDigest?] = [], manifest: String? = nil) throws -> ImageID {
        let transaction = try store.begin()
        let layers = try image.layers.indices.map { try stage(image, $0, in: transaction) }
        var kept: [String: BlobDigest] = [:]
        for digest in blobs.compactMap(\.self) {
            let name = try TemporaryName.make(prefix: "blob-")
            try transaction.staging.createFile(name).write(Array("blob".utf8))
            kept[name] = digest
        }
        let document = document(image, blobs: blobs, manifest: manifest)
        try transaction.publish(layers: layers, images: [document], blobs: kept)
        for tag in image.tags { _ = try store.setName(try Self.reference(tag), to: image.id) }
        // Until it has a name, a removal elsewhere must wait.
        withExtendedLifetime(transaction) {}
        return image.id
    }

    /// The path of a layer's directory.
    func layerPath(_ diffID: DiffID) -> String { "\(path)/layers/sha256/\(diffID.digest.hex)" }

    /// The path of an image's directory.
    func imagePath(_ id: ImageID) -> String { "\(path)/images/sha256/\(id.digest.hex)" }

    /// A name with the usual tag.
    static func reference(_ text: String) throws -> ImageReference {
        try ImageReference(parsing: text).withDefaultTag
    }

    /// SHA-256 by way of the maker of images: the digest of an only layer's bytes.
    static func digest(of bytes: [UInt8]) -> Digest { MadeImage(tars: [bytes]).diffIDs[0].digest }

    private static let settings = TreeSettings(
        umask: Host.fileModeMask(),
        uid: Host.effectiveUserID,
        gid: Host.effectiveGroupID,
        usesUserAttributes: Host.effectiveUserID != 0
    )
}

extension MadeImage {
    /// An image of a single layer with one file of that content.
    static func single(_ content: String, tags: [String] = []) throws -> MadeImage {
        try MadeImage([["file=\(content)"]], tags: tags)
    }
}
