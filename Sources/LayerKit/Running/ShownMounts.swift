import ImageSpec
import LayerModel
import LayerStorage
import VolumePlugins

/// What is mounted for one run of a container, and goes when it ends.
struct ShownMounts {
    /// The images.
    var images: [String] = []
    private var volumes: [String: PluginVolumeUse] = [:]

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

    /// Tells the plugins that the run has ended.
    ///
    /// - Throws: `LayerError` of the first that fails; the others are told all the same.
    func endVolumes() throws {
        var failures: [any Error] = []
        for (name, use) in volumes.sorted(by: { $0.key < $1.key }) {
            do { try ImageStore.asking("unmount \(name)") { try use.end() } } catch { failures.append(error) }
        }
        if let first = failures.first { throw first }
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
