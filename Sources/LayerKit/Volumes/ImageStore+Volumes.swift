import LayerStorage
import LayerSystem

extension ImageStore {
    /// Makes a volume; one that is there already with the same driver is as good.
    ///
    /// - Parameters:
    ///   - name: What people are to call it; nil for one that nobody names.
    ///   - driver: Who keeps its files; nil for `local`.
    ///   - labels: The labels.
    ///   - options: The options of the driver.
    /// - Returns: The volume's name.
    /// - Throws: `LayerError`: `usage` for what is no name or no option, `conflict` for a name that another driver has, `notFound` for a
    ///   driver that is not there.
    public func createVolume(
        named name: String?,
        driver: String? = nil,
        labels: [String: String] = [:],
        options: [String: String] = [:]
    ) throws(LayerError) -> String {
        let driver = driver ?? VolumeRecord.localDriver
        return try LayerError.catching {
            try checkDriver(driver, of: name ?? "")
            return try store.createVolume(named: name, driver: driver, labels: labels, options: options).name
        }
    }

    /// Lists the volumes, ordered by the bytes of their names.
    ///
    /// - Parameter measuresSizes: Whether to measure what each holds.
    /// - Returns: The volumes, and a line for each damaged record: one damaged object takes nothing else away.
    /// - Throws: `LayerError`.
    public func volumes(
        measuresSizes: Bool = false
    ) throws(LayerError) -> (volumes: [VolumeDetails], problems: [String]) {
        try LayerError.catching {
            let listing = try store.volumes()
            let (users, problems) = try store.volumeUsers()
            let volumes = try listing.records.map { record in
                VolumeDetails(
                    record,
                    path: store.volumePath(record.name),
                    users: users[record.name] ?? [],
                    size: measuresSizes ? try size(of: record) : nil
                )
            }
            return (volumes, listing.problems + problems)
        }
    }

    /// Finds a volume.
    ///
    /// - Parameters:
    ///   - name: Its whole name.
    ///   - measuresSizes: Whether to measure what it holds.
    /// - Returns: The volume.
    /// - Throws: `LayerError`: `notFound`, `corrupt`.
    public func volume(_ name: String, measuresSizes: Bool = false) throws(LayerError) -> VolumeDetails {
        try LayerError.catching {
            let record = try volumeRecord(name)
            return VolumeDetails(
                record,
                path: store.volumePath(name),
                users: try store.volumeUsers().users[name] ?? [],
                size: measuresSizes ? try size(of: record) : nil
            )
        }
    }

    /// Gives a volume that no container uses another name.
    ///
    /// - Parameters:
    ///   - name: The volume.
    ///   - newName: The name.
    /// - Throws: `LayerError`: `notFound`, `usage` for what is no name, `conflict` for one in use and for a name that is taken.
    public func renameVolume(_ name: String, to newName: String) throws(LayerError) {
        try LayerError.catching {
            try store.renameVolume(name, to: newName) { try unmountLocalVolume($0) }
        }
    }

    /// Removes a volume with all its files.
    ///
    /// - Parameters:
    ///   - name: The volume, also one whose record is damaged.
    ///   - isDryRun: Whether only to say whether it could go.
    /// - Throws: `LayerError`: `notFound`, `conflict` for one that a container uses.
    public func removeVolume(_ name: String, isDryRun: Bool = false) throws(LayerError) {
        try LayerError.catching {
            if !isDryRun { try VolumeNamespace.enter() }
            try store.removeVolume(name, isDryRun: isDryRun) { try unmountLocalVolume($0) }
        }
    }

    /// Removes the volumes of the store that no container uses.
    ///
    /// Source: moby `daemon/volume/service/service.go`, `LocalVolumesPrune`.
    ///
    /// - Parameters:
    ///   - takesNamed: Whether those go as well that somebody gave a name.
    ///   - isDryRun: Whether only to say what would go.
    ///   - filter: Whether a volume may go.
    /// - Returns: The names of those that went, what they held in bytes, and a line for each that could not go.
    /// - Throws: `LayerError`.
    public func pruneVolumes(
        takesNamed: Bool,
        isDryRun: Bool = false,
        where filter: (VolumeDetails) -> Bool = { _ in true }
    ) throws(LayerError) -> (names: [String], byteCount: Int64, problems: [String]) {
        let listing = try volumes()
        var (names, problems): ([String], [String]) = ([], listing.problems)
        var byteCount: Int64 = 0
        for volume in listing.volumes where volume.users.isEmpty && (takesNamed || volume.isAnonymous) {
            guard volume.driver == VolumeRecord.localDriver, filter(volume) else { continue }
            do throws(LayerError) {
                let size = try self.volume(volume.name, measuresSizes: true).size
                try removeVolume(volume.name, isDryRun: isDryRun)
                names.append(volume.name)
                byteCount += size?.byteCount ?? 0
            } catch {
                problems.append(error.message)
            }
        }
        return (names, byteCount, problems)
    }

    func volumeRecord(_ name: String) throws -> VolumeRecord {
        guard let record = try store.volume(named: name) else {
            throw LayerError(.notFound, "get \(name): no such volume")
        }
        return record
    }

    /// A driver that is not there makes no volumes.
    private func checkDriver(_ driver: String, of name: String) throws {
        guard driver != VolumeRecord.localDriver else { return }
        // What has the name already is no plugin's matter.
        if let present = try store.volume(named: name), present.driver == driver { return }
        let reason = "error looking up volume plugin \(driver): plugin \"\(driver)\" not found"
        throw LayerError(.notFound, "create \(name): \(reason)")
    }

    /// What a volume holds; nil for files that this process may not read.
    private func size(of record: VolumeRecord) throws -> VolumeDetails.Size? {
        guard record.isLocal else { return nil }
        do {
            try VolumeNamespace.enter()
            let measure = try TreeMeasure(below: store.volumeData(record.name))
            return VolumeDetails.Size(byteCount: measure.byteCount, inodeCount: measure.inodeCount)
        } catch let error as SystemError where error.isNotPermitted || error.isNotFound {
            return nil
        }
    }
}
