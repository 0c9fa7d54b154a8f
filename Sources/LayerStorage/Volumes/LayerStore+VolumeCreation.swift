import LayerModel
package import LayerSystem

extension LayerStore {
    /// Makes a volume; one that is there already with the same driver is as good, whatever its labels and options are.
    ///
    /// When this returns the volume is on the disk.
    ///
    /// Source: moby `daemon/volume/service/store.go`, `create`.
    ///
    /// - Parameters:
    ///   - name: What people are to call it; nil for one that nobody names: 64 hexadecimal digits.
    ///   - driver: Who keeps its files.
    ///   - labels: The labels.
    ///   - options: The options of the driver.
    /// - Returns: The volume's record.
    /// - Throws: `StorageError`: `invalid` for what is no name or no option, `conflict` for a name that another driver has, `corrupt` for
    ///   one whose record is damaged; `SystemError`.
    package func createVolume(
        named name: String?,
        driver: String = VolumeRecord.localDriver,
        labels: [String: String] = [:],
        options: [String: String] = [:]
    ) throws -> VolumeRecord {
        if let name { try VolumeName.check(name) }
        let final = try name ?? VolumeName.random()
        if driver == VolumeRecord.localDriver { try LocalVolumeOptions.check(options, of: final) }
        var labels = labels
        if name == nil { labels[VolumeRecord.anonymousLabel] = "" }
        let record = VolumeRecord(
            name: final,
            created: Host.now(),
            driver: driver,
            labels: labels,
            options: options
        )
        let transaction = try begin()
        defer { withExtendedLifetime(transaction) {} }
        let staged = try stageVolume(record, in: transaction.staging)
        return try publishVolume(staged, record, from: transaction.staging)
    }

    /// A name for a volume that nobody names.
    ///
    /// - Returns: 64 lowercase hexadecimal digits.
    /// - Throws: `SystemError` of `getrandom`.
    package static func newVolumeName() throws(SystemError) -> String { try VolumeName.random() }

    /// Checks what a volume is to be called.
    ///
    /// - Parameter name: What the user wrote.
    /// - Throws: `StorageError` of kind `invalid`.
    package static func checkVolumeName(_ name: String) throws(StorageError) { try VolumeName.check(name) }

    /// Makes the directory of a volume in a staging directory, with its record and without files.
    ///
    /// - Returns: What it is called there.
    func stageVolume(_ record: VolumeRecord, in staging: Directory) throws -> String {
        let name = try TemporaryName.make(prefix: "volume-")
        try staging.makeDirectory(name)
        let directory = try staging.open(name)
        try directory.makeDirectory(StoreLayout.data)
        let data = try directory.open(StoreLayout.data)
        // Whoever a container runs as may look into it; the store's own directory keeps others of the host out.
        try data.setMode(0o755)
        try data.synchronize()
        try RecordFile.replace(record.json, Self.volumeRecordName, in: directory)
        return name
    }

    /// Puts a staged volume in its place unless one is there already.
    ///
    /// - Returns: The record of what is there now.
    private func publishVolume(
        _ staged: String,
        _ record: VolumeRecord,
        from staging: Directory
    ) throws -> VolumeRecord {
        let all = try existingRoot().openOrMakeDirectory(StoreLayout.volumes)
        let writing = try all.lock(.exclusive)
        defer { withExtendedLifetime(writing) {} }
        if let present = try volume(named: record.name) {
            guard present.driver == record.driver else {
                throw StorageError(.conflict, "create \(record.name)", "volume name must be unique")
            }
            return present
        }
        try staging.rename(staged, to: all, as: record.name, replacing: false)
        try all.synchronize()
        return record
    }

    /// Puts a staged volume in its place, which must be free.
    func publishNewVolume(_ staged: String, named name: String, from staging: Directory) throws {
        let all = try existingRoot().openOrMakeDirectory(StoreLayout.volumes)
        do throws(SystemError) {
            try staging.rename(staged, to: all, as: name, replacing: false)
        } catch {
            guard error.isAlreadyThere else { throw error }
            throw Self.volumeExists(name)
        }
        try all.synchronize()
    }

    /// The refusal to give a name twice.
    static func volumeExists(_ name: String) -> StorageError {
        StorageError(.conflict, "", "volume with name \(name) already exists")
    }
}
