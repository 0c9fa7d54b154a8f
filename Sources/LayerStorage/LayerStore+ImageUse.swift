import ImageSpec
import LayerModel

extension LayerStore {
    /// The container that is made of an image or has it mounted; of several the newest.
    func user(of image: StoredImage) throws -> ContainerRecord? {
        Self.user(of: image, among: try certainContainers())
    }

    /// The first of some containers that is made of an image or has it mounted.
    static func user(of image: StoredImage, among containers: [ContainerRecord]) -> ContainerRecord? {
        let source = image.record.id.description
        return containers.first { container in
            container.imageID == image.record.id
                || container.mounts.contains { $0.kind == .image && $0.source == source }
        }
    }

    /// The refusal to take an image away from a container.
    ///
    /// Source: moby `daemon/images/image_delete.go`, `ImageDelete` and `checkImageDeleteConflict`.
    ///
    /// - Parameters:
    ///   - image: The image.
    ///   - user: The container.
    ///   - name: The name by which the image was to be removed; nil for an ID.
    ///   - isForced: Whether names were to go at least: then there are none.
    /// - Returns: The error.
    static func inUse(
        _ image: StoredImage,
        by user: ContainerRecord,
        name: String?,
        _ isForced: Bool
    ) -> StorageError {
        let id = image.record.id.digest.hex.prefix(12)
        if let name {
            let reason = "unable to remove repository reference \"\(name)\" (must force)"
            let use = "container \(user.id.short) is using its referenced image \(id)"
            return StorageError(.conflict, "conflict", "\(reason) - \(use)")
        }
        let force = isForced ? "cannot be forced" : "must be forced"
        let reason = "unable to delete \(id) (\(force)) - image is being used by stopped container \(user.id.short)"
        return StorageError(.conflict, "conflict", reason)
    }
}
