import ImageSpec
package import LayerModel
package import LayerSystem
import LayerTree

extension LayerStore {
    static let volumeRecordName = "volume.json"

    /// Lists the volumes, ordered by the bytes of their names.
    ///
    /// - Returns: The records, and a line for each damaged one: one damaged object takes nothing else away.
    /// - Throws: `SystemError`.
    package func volumes() throws -> (records: [VolumeRecord], problems: [String]) {
        var records: [VolumeRecord] = []
        var problems = RecordProblems()
        for name in try volumeNames() {
            do {
                if let record = try volume(named: name) {
                    records.append(record)
                } else if let directory = try volumeDirectoryIfPresent(name) {
                    problems.add("\(directory.label): the volume has no record")
                }
            } catch {
                try problems.add(error)
            }
        }
        return (records, problems.lines)
    }

    /// Finds a volume.
    ///
    /// - Parameter name: Its whole name.
    /// - Returns: The record; nil when there is none, or when the text cannot be a name.
    /// - Throws: `StorageError` of kind `corrupt`, `SystemError`.
    package func volume(named name: String) throws -> VolumeRecord? {
        guard let directory = try volumeDirectoryIfPresent(name) else { return nil }
        let subject = directory.label + "/" + Self.volumeRecordName
        return try RecordFile.read(Self.volumeRecordName, in: directory).map { json in
            try VolumeRecord(json, name: name, subject: subject)
        }
    }

    /// Opens the directory that holds a volume's files, or what is mounted there.
    ///
    /// - Parameter name: The volume.
    /// - Returns: The directory.
    /// - Throws: `StorageError` of kind `notFound`, `SystemError`.
    package func volumeData(_ name: String) throws -> Directory {
        guard let directory = try volumeDirectoryIfPresent(name) else { throw Self.noVolume(name) }
        return try directory.open(StoreLayout.data)
    }

    /// Opens the directory in which files are made before they come to a volume, without what a writer that was killed has left in it.
    ///
    /// - Parameter name: The volume, which the caller has locked for itself.
    /// - Returns: The directory.
    /// - Throws: `StorageError` of kind `notFound`, `SystemError`.
    package func volumeWork(_ name: String) throws -> Directory {
        guard let directory = try volumeDirectoryIfPresent(name) else { throw Self.noVolume(name) }
        try UnionTree.clear(directory)
        return directory
    }

    /// The path of the directory that holds a volume's files on the host.
    package func volumePath(_ name: String) -> String {
        "\(path)/\(StoreLayout.volume(name).joined(separator: "/"))/\(StoreLayout.data)"
    }

    /// Locks a volume, and waits until it can be had.
    ///
    /// - Parameters:
    ///   - name: The volume.
    ///   - mode: Shared to bring it into a container or to read it, exclusive to remove, rename or refill it.
    /// - Returns: The lock; the volume stays as long as it is held.
    /// - Throws: `StorageError` of kind `notFound`, also for a volume that went while this waited; `SystemError`.
    package func lockVolume(_ name: String, _ mode: LockMode) throws -> FileLock {
        guard let directory = try volumeDirectoryIfPresent(name) else { throw Self.noVolume(name) }
        let lock = try directory.lock(mode)
        try checkInPlace(directory, name)
        return lock
    }

    /// Locks a volume, or gives nil when another holds it.
    ///
    /// - Parameters:
    ///   - name: The volume.
    ///   - mode: Shared to bring it into a container or to read it, exclusive to remove, rename or refill it.
    /// - Returns: The lock; the volume stays as long as it is held.
    /// - Throws: `StorageError` of kind `notFound`, `SystemError`.
    package func tryLockVolume(_ name: String, _ mode: LockMode) throws -> FileLock? {
        guard let directory = try volumeDirectoryIfPresent(name) else { throw Self.noVolume(name) }
        guard let lock = try directory.tryLock(mode) else { return nil }
        try checkInPlace(directory, name)
        return lock
    }

    /// Locks the records of all volumes, for moments: no other volume appears or goes, and nobody mounts one.
    ///
    /// - Returns: The lock.
    /// - Throws: `StorageError` of kind `notFound` when there is no store, `SystemError`.
    package func lockVolumeRecords() throws -> FileLock {
        try existingRoot().openOrMakeDirectory(StoreLayout.volumes).lock(.exclusive)
    }

    /// The containers that use each volume.
    ///
    /// - Returns: Containers by the names of volumes, in the order of `containers()`; and a line for each container that cannot be read,
    ///   whose volumes nobody knows.
    /// - Throws: `SystemError`.
    package func volumeUsers() throws -> (users: [String: [ContainerID]], problems: [String]) {
        let listing = try containers()
        var users: [String: [ContainerID]] = [:]
        for container in listing.records {
            let names = Set(container.mounts.filter { $0.kind == .volume }.compactMap(\.name))
            for name in names { users[name, default: []].append(container.id) }
        }
        return (users, listing.problems)
    }

    /// What was locked must not be in the trash by now, nor have another name.
    private func checkInPlace(_ directory: Directory, _ name: String) throws {
        guard let present = try volumeDirectoryIfPresent(name),
            try present.status().identity == directory.status().identity
        else { throw Self.noVolume(name) }
    }

    private func volumeNames() throws -> [String] {
        guard let directory = try root?.openIfPresent([StoreLayout.volumes]) else { return [] }
        return try directory.list().map { String(decoding: $0, as: UTF8.self) }.filter(VolumeName.isPossible).sorted()
    }

    func volumeDirectoryIfPresent(_ name: String) throws -> Directory? {
        guard VolumeName.isPossible(name) else { return nil }
        return try root?.openIfPresent(StoreLayout.volume(name))
    }

    /// Source: moby `daemon/volume/service/errors.go`.
    static func noVolume(_ name: String) -> StorageError {
        StorageError(.notFound, "get \(name)", "no such volume")
    }
}
