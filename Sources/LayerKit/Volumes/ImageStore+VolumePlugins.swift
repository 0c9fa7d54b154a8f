import LayerModel
import LayerStorage
import LayerSystem
import VolumePlugins

extension ImageStore {
    /// Finds a volume of the store or of any plugin.
    ///
    /// Source: moby `daemon/volume/service/store.go`, `getVolume`.
    ///
    /// - Parameter name: Its whole name.
    /// - Returns: The volume.
    /// - Throws: `LayerError` of code `notFound`, `StorageError`, `SystemError`.
    func drivenVolume(_ name: String) throws -> DrivenVolume {
        guard let record = try store.volume(named: name) else {
            guard let (told, plugin) = volumeOfAnyPlugin(name) else { throw Self.noVolume(name) }
            return DrivenVolume(told, of: plugin)
        }
        guard !record.isLocal else { return DrivenVolume(record) }
        return try Self.asking("get \(name)") {
            let plugin = try VolumePlugin(named: record.driver)
            guard let told = try plugin.volume(name) else {
                let reason = "plugin \"\(record.driver)\" has it no more, volume rm forgets it"
                throw LayerError(.notFound, "get \(name): no such volume: \(reason)")
            }
            return DrivenVolume(record, plugin, told)
        }
    }

    /// Asks all plugins for a volume that the store does not know; one that does not answer has none.
    func volumeOfAnyPlugin(_ name: String) -> (volume: PluginVolume, plugin: VolumePlugin)? {
        let search = PluginSearch()
        for pluginName in search.names() {
            // reason: as with Docker, only those that answer are asked
            guard let plugin = try? VolumePlugin(named: pluginName, in: search, limits: .listing),
                let volume = try? plugin.volume(name)
            else { continue }
            return (volume, plugin)
        }
        return nil
    }

    /// Makes a volume, or finds one that is there.
    ///
    /// Source: moby `daemon/volume/service/store.go`, `create` and `checkConflict`.
    ///
    /// - Parameters:
    ///   - name: What people are to call it; nil for one that nobody names.
    ///   - driver: Who keeps its files; nil for the one that has a volume of the name, or else `local`.
    ///   - labels: The labels.
    ///   - options: The options of the driver.
    /// - Returns: The volume, and whether the store did not have it before.
    /// - Throws: `LayerError`, `StorageError`, `SystemError`.
    func makeVolume(
        named name: String?,
        driver: String?,
        labels: [String: String],
        options: [String: String]
    ) throws -> (volume: DrivenVolume, isNew: Bool) {
        let present = try name.flatMap { try store.volume(named: $0) }
        if let present, let driver, driver != present.driver {
            // A driver that is not there is the first thing to say, as with Docker.
            if driver != VolumeRecord.localDriver {
                _ = try Self.asking("create \(present.name)") { try VolumePlugin(named: driver) }
            }
            throw LayerError(.conflict, "create \(present.name): volume name must be unique")
        }
        let known = driver ?? present?.driver
        let driver = known ?? name.flatMap { volumeOfAnyPlugin($0)?.plugin.name } ?? VolumeRecord.localDriver
        guard driver != VolumeRecord.localDriver else {
            let record = try store.createVolume(named: name, labels: labels, options: options)
            return (DrivenVolume(record), present == nil)
        }
        let final = try name ?? LayerStore.newVolumeName()
        let labels = name == nil ? labels.merging([VolumeRecord.anonymousLabel: ""]) { $1 } : labels
        let volume = try makePluginVolume(final, driver, labels: labels, options: options)
        return (volume, present == nil)
    }

    private func makePluginVolume(
        _ name: String,
        _ driver: String,
        labels: [String: String],
        options: [String: String]
    ) throws -> DrivenVolume {
        try LayerStore.checkVolumeName(name)
        let (plugin, found) = try Self.asking("create \(name)") {
            let plugin = try VolumePlugin(named: driver)
            return (plugin, try plugin.volume(name))
        }
        if found == nil { try Self.asking("create \(name)") { try plugin.create(name, options: options) } }
        do {
            let record = try store.createVolume(named: name, driver: driver, labels: labels, options: options)
            // What it says now that there is one.
            let told = try found ?? Self.asking("create \(name)") { try plugin.volume(name) }
            return DrivenVolume(record, plugin, told)
        } catch {
            // reason: the first error is the one to report
            if found == nil { try? plugin.remove(name) }
            throw error
        }
    }

    /// Lets the driver of a volume remove its files, or take away what is mounted at its place.
    ///
    /// - Parameters:
    ///   - name: The volume, locked, which no container uses.
    ///   - isForced: Whether it goes from the store also when its plugin fails.
    /// - Returns: What the plugin failed with.
    /// - Throws: `LayerError`, `StorageError`, `SystemError`.
    func releaseVolume(_ name: String, isForced: Bool) throws -> [String] {
        guard let driver = try driverOfReadable(name), driver != VolumeRecord.localDriver else {
            try unmountLocalVolume(name)
            return []
        }
        do {
            try Self.asking("remove \(name)") {
                let plugin = try VolumePlugin(named: driver)
                // What it has no more needs only to be forgotten here.
                if try plugin.volume(name) != nil { try plugin.remove(name) }
            }
            return []
        } catch let error as LayerError where isForced {
            return [error.message]
        }
    }

    /// The driver of a volume; nil where its record is damaged: then its directory is all there is.
    private func driverOfReadable(_ name: String) throws -> String? {
        do {
            return try store.volume(named: name)?.driver
        } catch let error as StorageError where error.kind == .corrupt {
            return nil
        }
    }

    /// Opens the files of a volume, wherever they are.
    ///
    /// - Parameter name: The volume; what its options ask for is mounted.
    /// - Returns: Its files: a plugin has them mounted as long as the directory, or one opened in it, is open.
    /// - Throws: `LayerError`, `SystemError`.
    func volumeFiles(_ name: String) throws -> Directory {
        let volume = try drivenVolume(name)
        guard let plugin = volume.plugin else {
            try VolumeNamespace.enter()
            _ = try mountVolume(name)
            return try store.volumeData(name)
        }
        return try Self.asking("mount \(name)") { try PluginVolumeUse(name, of: plugin).open() }
    }

    /// Does what needs a plugin, and says of its errors what was to be done.
    ///
    /// - Parameters:
    ///   - what: The verb and the volume.
    ///   - body: What needs the plugin.
    /// - Returns: What the body returns.
    /// - Throws: `LayerError` in place of a `PluginError`, and what else the body throws.
    static func asking<R>(_ what: String, _ body: () throws -> R) throws -> R {
        do {
            return try body()
        } catch let error as PluginError {
            let name = EscapedText.name(error.plugin.utf8)
            let isLookup = error.kind == .notFound || error.kind == .keepsNoVolumes
            // Source: moby `daemon/volume/drivers/extpoint.go`, `lookup`.
            let prefix = isLookup ? "error looking up volume plugin \(name): " : ""
            throw LayerError(error.kind == .notFound ? .notFound : .failure, "\(what): \(prefix)\(error)", cause: error)
        }
    }

    static func noVolume(_ name: String) -> LayerError {
        LayerError(.notFound, "get \(EscapedText.name(name.utf8)): no such volume")
    }
}
