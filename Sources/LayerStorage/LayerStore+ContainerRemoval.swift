package import LayerModel
import LayerSystem

extension LayerStore {
    /// Removes a container, whatever its record and its upper directory look like.
    ///
    /// - Parameters:
    ///   - id: The container, as `containerID(_:)` finds it.
    ///   - isForced: Whether to end its mounts first, and to wait for those who use it.
    ///   - isDryRun: Whether only to say whether it could go.
    ///   - mounts: How mounts are found and ended.
    /// - Throws: `StorageError`: `notFound`, `conflict` for a container that is mounted or in use, `permission` when something of it
    ///   cannot be deleted; `SystemError`.
    package func removeContainer(
        _ id: ContainerID,
        isForced: Bool = false,
        isDryRun: Bool = false,
        mounts: ContainerMounts = .everywhere
    ) throws {
        let lock = try lockForRemoval(id, isForced: isForced, isDryRun: isDryRun)
        // What is no directory is no mount either.
        let places = lock == nil ? [] : try mounts.find(self, [id])[id] ?? []
        if let place = places.first, !isForced {
            let reason = "container is mounted at \(EscapedText.name(place)); umount it first or use -f"
            throw StorageError(.conflict, "", reason)
        }
        guard !isDryRun else { return }
        if !places.isEmpty { try mounts.unmount(self, id) }
        let all = try existingRoot().open(StoreLayout.containers)
        let writing = try all.lock(.exclusive)
        let trash = try discard(StoreLayout.container(id))
        withExtendedLifetime((lock, writing)) {}
        guard let trash else { throw Self.noContainer(id.hex) }
        do {
            try emptyTrash([trash])
        } catch let error as SystemError where error.isStuck {
            let advice =
                "it may be immutable (chattr -i), another user's, or a mount; what is left stays in the trash until it can go"
            let reason = "container \(id.short) is removed, but not all of its files: \(error): \(advice)"
            throw StorageError(.permission, "", reason, cause: error)
        }
    }

    /// The lock of the container's directory; nil for what is there in its place and is no directory.
    private func lockForRemoval(_ id: ContainerID, isForced: Bool, isDryRun: Bool) throws -> FileLock? {
        guard let all = try root?.openIfPresent([StoreLayout.containers]), let status = try all.statusIfPresent(id.hex)
        else { throw Self.noContainer(id.hex) }
        guard status.kind == .directory else { return nil }
        // To be opened, and to be moved, a directory needs these bits, which a damaged one may have lost.
        if status.mode & 0o700 != 0o700, !isDryRun { try all.setMode(id.hex, 0o700) }
        if isForced { return try lockContainer(id, .exclusive) }
        if let lock = try tryLockContainer(id, .exclusive) { return lock }
        throw StorageError(.conflict, "", "container \(id.short) is in use by another process; wait for it or use -f")
    }
}
