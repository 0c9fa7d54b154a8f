import ImageSpec
import LayerModel
import LayerStorage
import LayerSystem
import VolumePlugins

/// What is mounted for one run of a container, and goes when it ends.
struct ShownMounts {
    /// The images.
    var images: [String] = []
    private var volumes: [String: PluginVolumeUse] = [:]
    /// Held as long as a volume of the store with something mounted in it is used: who can have it alone is the last one.
    private var mounted: [String: FileLock] = [:]

    /// Whether plugins have mounted something.
    var hasVolumes: Bool { !volumes.isEmpty }

    /// Lets a plugin mount a volume, once for all places of the container.
    ///
    /// - Parameters:
    ///   - name: The volume.
    ///   - plugin: Who has it.
    ///   - container: Who uses it, whose ID the plugin gets: what a run was cut off from is told of by that.
    /// - Returns: The path of its files.
    /// - Throws: `LayerError`.
    mutating func use(_ name: String, of plugin: String, by container: ContainerID) throws -> String {
        if let use = volumes[name] { return use.path }
        let use = try ImageStore.asking("mount \(name)") {
            try PluginVolumeUse(name, of: VolumePlugin(named: plugin), id: container.hex)
        }
        volumes[name] = use
        return use.path
    }

    /// Mounts what the options of a volume of the store ask for.
    ///
    /// - Parameters:
    ///   - name: The volume.
    ///   - images: The store.
    /// - Returns: The path of its files.
    /// - Throws: `LayerError`, `StorageError`.
    mutating func use(_ name: String, in images: ImageStore) throws -> String {
        if mounted[name] == nil, try images.store.volume(named: name)?.mountOptions != nil {
            mounted[name] = try images.store.lockVolume(name, .shared)
        }
        return try images.mountVolume(name)
    }

    /// Tells the plugins that the run has ended, and unmounts what no other run uses.
    ///
    /// - Parameter images: The store.
    /// - Throws: `LayerError` of the first that fails; the others are told all the same.
    mutating func endVolumes(in images: ImageStore) throws {
        let names = mounted.keys.sorted()
        mounted = [:]
        Self.endLocalVolumes(names, in: images)
        var failures: [any Error] = []
        for (name, use) in volumes.sorted(by: { $0.key < $1.key }) {
            do { try ImageStore.asking("unmount \(name)") { try use.end() } } catch { failures.append(error) }
        }
        if let first = failures.first { throw first }
    }

    /// Unmounts what the options of volumes of the store asked for, where no other run uses it.
    ///
    /// - Parameters:
    ///   - names: The volumes.
    ///   - images: The store.
    static func endLocalVolumes(_ names: [String], in images: ImageStore) {
        for name in names {
            // reason: what is busy, or was unmounted by somebody else, is no matter of the process that has ended
            guard let lock = try? images.store.tryLockVolume(name, .exclusive) else { continue }
            try? images.unmountLocalVolume(name)  // reason: as above
            withExtendedLifetime(lock) {}
        }
    }

    /// Tells the plugins of the end of a run that was cut off before it could.
    ///
    /// - Parameter record: The container, which does not run.
    static func endVolumes(of record: ContainerRecord) {
        guard let run = record.run, run.finished == nil else { return }
        for mount in Set(record.mounts.map { [$0.name, $0.pluginName] }) {
            guard let name = mount[0], let plugin = mount[1] else { continue }
            // reason: whether it was mounted when the run was cut off nobody knows
            try? VolumePlugin(named: plugin).unmount(name, id: record.id.hex)
        }
    }
}

extension ContainerMount {
    /// The plugin that has the volume; nil where the store has it, or it is none.
    var pluginName: String? { kind == .volume && driver != VolumeRecord.localDriver ? driver : nil }
}
