import LayerStorage
import LayerSystem
import VolumePlugins

extension ImageStore {
    /// Makes a volume; one that is there already with the same driver is as good.
    ///
    /// - Parameters:
    ///   - name: What people are to call it; nil for one that nobody names.
    ///   - driver: Who keeps its files: `local`, or a plugin; nil for the one that has a volume of the name, or else `local`.
    ///   - labels: The labels.
    ///   - options: The options of the driver.
    /// - Returns: The volume's name.
    /// - Throws: `LayerError`: `usage` for what is no name or no option, `conflict` for a name that another driver has, `notFound` for a
    ///   plugin that is not there, `failure` for one that does not make it.
    public func createVolume(
        named name: String?,
        driver: String? = nil,
        labels: [String: String] = [:],
        options: [String: String] = [:]
    ) throws(LayerError) -> String {
        try LayerError.catching {
            try makeVolume(named: name, driver: driver, labels: labels, options: options).volume.record.name
        }
    }

    /// Finds a volume of the store or of any plugin.
    ///
    /// - Parameters:
    ///   - name: Its whole name.
    ///   - measuresSizes: Whether to measure what it holds; of a plugin's volume nobody knows.
    /// - Returns: The volume.
    /// - Throws: `LayerError`: `notFound`, `corrupt`, `failure` for a plugin that does not answer.
    public func volume(_ name: String, measuresSizes: Bool = false) throws(LayerError) -> VolumeDetails {
        try LayerError.catching {
            let volume = try drivenVolume(name)
            let users = try store.volumeUsers().users[name] ?? []
            guard let plugin = volume.plugin else {
                let size = measuresSizes ? try size(of: volume.record) : nil
                return VolumeDetails(volume.record, path: store.volumePath(name), users: users, size: size)
            }
            let path = try Self.asking("get \(name)") { try volume.told?.path ?? plugin.path(of: name) }
            return VolumeDetails(volume, path: path ?? "", scope: plugin.scope(), users: users)
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
            if let driver = try store.volume(named: name)?.driver, driver != VolumeRecord.localDriver {
                let reason = "plugin \"\(driver)\" has it under this name, and cannot give it another one"
                throw LayerError(.conflict, "rename \(name): \(reason)")
            }
            try store.renameVolume(name, to: newName) { try unmountLocalVolume($0) }
        }
    }

    /// Removes a volume with all its files.
    ///
    /// - Parameters:
    ///   - name: The volume, also one whose record is damaged, or that only its plugin knows.
    ///   - isForced: Whether the store forgets it also when its plugin does not remove it.
    ///   - isDryRun: Whether only to say whether it could go.
    /// - Returns: What the plugin failed with, where that was forced.
    /// - Throws: `LayerError`: `notFound`, `conflict` for one that a container uses, `failure` for a plugin that does not remove it.
    @discardableResult
    public func removeVolume(
        _ name: String,
        isForced: Bool = false,
        isDryRun: Bool = false
    ) throws(LayerError) -> [String] {
        try LayerError.catching {
            if !isDryRun { try VolumeNamespace.enter() }
            var warnings: [String] = []
            do {
                try store.removeVolume(name, isDryRun: isDryRun) {
                    warnings = try releaseVolume($0, isForced: isForced)
                }
            } catch let error as StorageError where error.kind == .notFound {
                guard let (_, plugin) = volumeOfAnyPlugin(name) else { throw error }
                if !isDryRun { try Self.asking("remove \(name)") { try plugin.remove(name) } }
            }
            return warnings
        }
    }

    /// Removes the volumes of the store that no container uses; those of plugins stay.
    ///
    /// Source: moby `daemon/volume/service/service.go`, `LocalVolumesPrune`.
    ///
    /// - Parameters:
    ///   - takesNamed: Whether those go as well that somebody gave a name.
    ///   - isDryRun: Whether only to say what would go.
    ///   - filter: Whether a volume may go.
    /// - Returns: The names of those that went, what they held in bytes, a line for each damaged record, and why others could not go.
    /// - Throws: `LayerError`.
    public func pruneVolumes(
        takesNamed: Bool,
        isDryRun: Bool = false,
        where filter: (VolumeDetails) -> Bool = { _ in true }
    ) throws(LayerError) -> (names: [String], byteCount: Int64, problems: [String], failures: [LayerError]) {
        let listing = try volumes(asksPlugins: false)
        var (names, failures): ([String], [LayerError]) = ([], [])
        var byteCount: Int64 = 0
        for volume in listing.volumes where volume.users.isEmpty && (takesNamed || volume.isAnonymous) {
            guard volume.driver == VolumeRecord.localDriver, filter(volume) else { continue }
            do throws(LayerError) {
                let size = try self.volume(volume.name, measuresSizes: true).size
                try removeVolume(volume.name, isDryRun: isDryRun)
                names.append(volume.name)
                byteCount += size?.byteCount ?? 0
            } catch {
                // Somebody was faster.
                if error.code != .notFound { failures.append(error) }
            }
        }
        return (names, byteCount, listing.problems, failures)
    }

    /// What a volume holds; nil for files that this process may not read.
    func size(of record: VolumeRecord) throws -> VolumeDetails.Size? {
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
