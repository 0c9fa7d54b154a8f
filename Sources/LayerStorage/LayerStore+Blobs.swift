import ImageSpec
import LayerArchive
package import LayerModel
package import LayerSystem

extension LayerStore {
    /// No manifest that was let in is longer.
    private static let manifestByteLimit = InputLimits.unlimited.count(.jsonBytes)

    /// Whether the stored bytes of a layer are kept.
    ///
    /// - Parameters:
    ///   - digest: Their digest.
    ///   - byteCount: How many there must be; nil for any number.
    /// - Returns: Whether there is a file of that name and length.
    /// - Throws: `SystemError`.
    package func hasBlob(_ digest: BlobDigest, byteCount: Int64? = nil) throws -> Bool {
        let place = StoreLayout.blob(digest)
        guard let directory = try root?.openIfPresent(Array(place.dropLast())) else { return false }
        guard let status = try directory.statusIfPresent(place[place.count - 1]) else { return false }
        return status.kind == .regular && (byteCount == nil || byteCount == status.byteCount)
    }

    /// Opens the stored bytes of a layer, not verified.
    ///
    /// - Parameter digest: Their digest.
    /// - Returns: The file; nil when they are not kept.
    /// - Throws: `SystemError`.
    package func openBlob(_ digest: BlobDigest) throws -> File? {
        let place = StoreLayout.blob(digest)
        return try root?.openIfPresent(Array(place.dropLast()))?.openFileIfPresent(place[place.count - 1])
    }

    /// Reads the manifest that an image came with.
    ///
    /// - Parameter image: The image.
    /// - Returns: The bytes as they were received; nil for an image that came without.
    /// - Throws: `StorageError` of kind `corrupt` when they are missing or have another digest than the image's record says.
    package func manifestBytes(of image: StoredImage) throws -> [UInt8]? {
        guard let digest = image.record.manifestDigest,
            let directory = try root?.openIfPresent(StoreLayout.image(image.record.id))
        else { return nil }
        guard let file = try directory.openFileIfPresent("manifest.json") else {
            throw StorageError(.corrupt, directory.label, "its manifest is missing")
        }
        let bytes = try file.readAll(byteLimit: Self.manifestByteLimit)
        guard Digest.of(bytes, digest.digest.algorithm) == digest.digest else {
            throw StorageError(.corrupt, file.label, "the image's manifest has another digest than its record says")
        }
        return bytes
    }

    /// All names of a repository, sorted.
    ///
    /// - Parameter repository: The repository in canonical form, without a tag.
    /// - Returns: The names with their images.
    /// - Throws: `SystemError`.
    package func names(inRepository repository: String) throws -> [NameRecord] {
        try certainNames().values.joined().filter { $0.reference.name == repository }
            .sorted { $0.reference < $1.reference }
    }
}
