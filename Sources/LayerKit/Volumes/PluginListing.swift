import LayerModel
import LayerStorage
import VolumePlugins

/// The volumes that plugins have, each name once.
struct PluginListing {
    /// The volumes, and where each can be had.
    private(set) var volumes: [(volume: DrivenVolume, scope: String)] = []
    /// A line for each plugin that does not answer, and for each volume that is not what it seems.
    private(set) var problems: [String] = []
    private var answered: Set<String> = []

    /// A list of nothing.
    init() {}

    /// Asks all plugins.
    ///
    /// - Parameter records: The volumes that the store knows.
    init(besides records: [VolumeRecord]) {
        let search = PluginSearch()
        var drivers = [String: String](uniqueKeysWithValues: records.map { ($0.name, $0.driver) })
        let known = [String: VolumeRecord](uniqueKeysWithValues: records.map { ($0.name, $0) })
        for name in search.names() {
            do throws(PluginError) {
                let plugin = try VolumePlugin(named: name, in: search, limits: .listing)
                let told = try plugin.volumes()
                let scope = told.isEmpty ? "" : plugin.scope()
                answered.insert(name)
                for volume in told {
                    if let other = drivers[volume.name], other != name {
                        problems.append(Self.hidden(volume.name, name, behind: other))
                        continue
                    }
                    drivers[volume.name] = name
                    let driven = known[volume.name].map { DrivenVolume($0, plugin, volume) }
                    volumes.append((driven ?? DrivenVolume(volume, of: plugin), scope))
                }
            } catch {
                if error.kind != .keepsNoVolumes { problems.append("\(error)") }
            }
        }
        let listed = Set(volumes.map(\.volume.record.name))
        for record in records where answered.contains(record.driver) && !listed.contains(record.name) {
            let reason = "plugin \"\(record.driver)\" has it no more, volume rm forgets it"
            problems.append("volume \(record.name): \(reason)")
        }
    }

    /// Whether a plugin has answered for a volume, so that it is on the list or is not to be.
    func concerns(_ record: VolumeRecord) -> Bool { answered.contains(record.driver) }

    private static func hidden(_ volume: String, _ plugin: String, behind driver: String) -> String {
        let name = EscapedText.name(volume.utf8)
        return "volume \(name) of plugin \"\(plugin)\" is not listed: \(driver) has one of that name"
    }
}
