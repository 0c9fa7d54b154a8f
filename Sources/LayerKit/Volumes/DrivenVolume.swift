import LayerStorage
import LayerSystem
import VolumePlugins

/// A volume, and what its driver says of it.
struct DrivenVolume {
    /// What the store keeps; made up for a volume that only its plugin knows.
    let record: VolumeRecord
    /// Who keeps its files; nil for the store itself.
    let plugin: VolumePlugin?
    /// What the plugin says.
    let told: PluginVolume?

    /// Takes a volume of the store itself, or one that a plugin tells of.
    init(_ record: VolumeRecord, _ plugin: VolumePlugin? = nil, _ told: PluginVolume? = nil) {
        self.record = record
        self.plugin = plugin
        self.told = told
    }

    /// Takes a volume that only a plugin knows.
    init(_ told: PluginVolume, of plugin: VolumePlugin) {
        let record = VolumeRecord(
            name: told.name,
            created: told.created ?? Host.now(),
            driver: plugin.name,
            labels: [:],
            options: [:]
        )
        self.init(record, plugin, told)
    }
}
