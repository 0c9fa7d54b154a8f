import LayerModel
import LayerSystem

extension LayerStore {
    /// Removes a volume with all its files, unless a container uses it.
    ///
    /// Source: moby `daemon/volume/service/store.go`, `Remove`.
    ///
    /// - Parameters:
    ///   - name: The volume.
    ///   - isDryRun: Whether only to say whether it could go.
    ///   - release: What ends the mounts at its place, while nobody else can use it.
    /// - Throws: `StorageError`: `notFound`; `conflict` for one that is in use; `corrupt` while a container's record is damaged, whose
    ///   volumes nobody knows; `permission` when something of it cannot be deleted; `SystemError`; what `release` throws.
    package func removeVolume(
        _ name: String,
        isDryRun: Bool = false,
        release: (String) throws -> Void = { _ in }
    ) throws {
        let lock = try lockUnusedVolume(name, to: "remove")
        guard !isDryRun else { return }
        try release(name)
        let all = try existingRoot().open(StoreLayout.volumes)
        let writing = try all.lock(.exclusive)
        let trash = try discard(StoreLayout.volume(name))
        withExtendedLifetime((lock, writing)) {}
        guard let trash else { throw Self.noVolume(name) }
        do {
            try emptyTrash([trash])
        } catch let error as SystemError where error.isStuck {
            let advice =
                "it may be immutable (chattr -i), another user's, or a mount; what is left stays in the trash until it can go"
            let reason = "volume \(name) is removed, but not all of its files: \(error): \(advice)"
            throw StorageError(.permission, "", reason, cause: error)
        }
    }

    /// Gives a volume another name, unless a container uses it, which knows it by its name.
    ///
    /// - Parameters:
    ///   - name: The volume.
    ///   - newName: The name.
    ///   - release: What ends the mounts at its place, while nobody else can use it.
    /// - Throws: `StorageError`: `notFound`, `invalid` for what is no name, `conflict` for one that is in use and for a name that is
    ///   taken; `SystemError`; what `release` throws.
    package func renameVolume(
        _ name: String,
        to newName: String,
        release: (String) throws -> Void = { _ in }
    ) throws {
        try VolumeName.check(newName)
        let lock = try lockUnusedVolume(name, to: "rename")
        try release(name)
        let all = try existingRoot().open(StoreLayout.volumes)
        let writing = try all.lock(.exclusive)
        defer { withExtendedLifetime((lock, writing)) {} }
        do throws(SystemError) {
            try all.rename(name, to: all, as: newName, replacing: false)
        } catch {
            guard error.isAlreadyThere else { throw error }
            throw Self.volumeExists(newName)
        }
        try all.synchronize()
    }

    /// Locks a volume that no container uses; as long as it is locked none begins to.
    private func lockUnusedVolume(_ name: String, to verb: String) throws -> FileLock {
        guard let lock = try tryLockVolume(name, .exclusive) else {
            throw StorageError(.conflict, "\(verb) \(name)", "volume is in use by another process; wait for it")
        }
        // Asked under the lock: who makes a container holds it until the container's record names the volume.
        let (users, problems) = try volumeUsers()
        if let ids = users[name], !ids.isEmpty {
            let list = ids.map(\.hex).joined(separator: ", ")
            throw StorageError(.conflict, "\(verb) \(name)", "volume is in use - [\(list)]")
        }
        if let problem = problems.first {
            let reason = "a container whose record cannot be read may use it: \(problem)"
            throw StorageError(.corrupt, "\(verb) \(name)", reason)
        }
        return lock
    }
}
