package import LayerSystem

extension LayerStore {
    /// Makes a volume with files in it; it appears whole or not at all.
    ///
    /// - Parameters:
    ///   - name: What people are to call it.
    ///   - labels: The labels.
    ///   - options: The options of the `local` driver.
    ///   - fill: Gets the volume's directory, with an empty `_data` in it.
    /// - Returns: The volume's record.
    /// - Throws: `StorageError`: `invalid` for what is no name, `conflict` for a name that is taken; `SystemError`; what `fill` throws.
    package func makeVolume(
        named name: String,
        labels: [String: String] = [:],
        options: [String: String] = [:],
        fill: (Directory) throws -> Void
    ) throws -> VolumeRecord {
        try VolumeName.check(name)
        guard try volumeDirectoryIfPresent(name) == nil else { throw Self.volumeExists(name) }
        let record = VolumeRecord(
            name: name,
            created: Host.now(),
            driver: VolumeRecord.localDriver,
            labels: labels,
            options: options
        )
        let transaction = try begin()
        defer { withExtendedLifetime(transaction) {} }
        let staged = try stageVolume(record, in: transaction.staging)
        try fill(transaction.staging.open(staged))
        try existingRoot().synchronizeFileSystem()
        try publishNewVolume(staged, named: name, from: transaction.staging)
        return record
    }

    /// Gives a volume other files, in one step: at no moment it has some of both.
    ///
    /// - Parameters:
    ///   - name: The volume.
    ///   - lock: Its exclusive lock.
    ///   - fill: Gets a directory with an empty `_data` in it.
    /// - Throws: `StorageError` of kind `notFound`, `SystemError`, what `fill` throws.
    package func replaceVolumeData(
        of name: String,
        holding lock: FileLock,
        fill: (Directory) throws -> Void
    ) throws {
        guard let record = try volume(named: name), let directory = try volumeDirectoryIfPresent(name) else {
            throw Self.noVolume(name)
        }
        let transaction = try begin()
        defer { withExtendedLifetime((transaction, lock)) {} }
        let staged = try transaction.staging.open(stageVolume(record, in: transaction.staging))
        try fill(staged)
        try existingRoot().synchronizeFileSystem()
        // What the volume had goes with the staging directory.
        try staged.exchange(StoreLayout.data, with: directory, StoreLayout.data)
        try directory.synchronize()
    }

    /// Opens the directory of a volume, in which its files are those of `_data`.
    ///
    /// - Parameter name: The volume.
    /// - Returns: The directory.
    /// - Throws: `StorageError` of kind `notFound`, `SystemError`.
    package func volumeDirectory(_ name: String) throws -> Directory {
        guard let directory = try volumeDirectoryIfPresent(name) else { throw Self.noVolume(name) }
        return directory
    }

    /// What the directory of a volume's files is called.
    package static var volumeDataName: String { StoreLayout.data }
}
