import LayerModel
import LayerStorage
import VolumePlugins

extension ImageStore {
    /// Lists the volumes, ordered by the bytes of their names.
    ///
    /// Source: moby `daemon/volume/service/store.go`, `list`.
    ///
    /// - Parameters:
    ///   - measuresSizes: Whether to measure what each holds; of a plugin's volume nobody knows.
    ///   - asksPlugins: Whether to ask plugins which volumes they have.
    /// - Returns: The volumes, and a line for each damaged record, and for each plugin that does not answer: one of them takes nothing
    ///   else away.
    /// - Throws: `LayerError`.
    public func volumes(
        measuresSizes: Bool = false,
        asksPlugins: Bool = true
    ) throws(LayerError) -> (volumes: [VolumeDetails], problems: [String]) {
        try LayerError.catching {
            let listing = try store.volumes()
            let (users, problems) = try store.volumeUsers()
            let plugins = asksPlugins ? PluginListing(besides: listing.records) : PluginListing()
            var volumes = plugins.volumes.map { volume, scope in
                let used = users[volume.record.name] ?? []
                return VolumeDetails(volume, path: volume.told?.path ?? "", scope: scope, users: used)
            }
            for record in listing.records where !plugins.concerns(record) {
                let path = record.isLocal ? store.volumePath(record.name) : ""
                let size = measuresSizes ? try size(of: record) : nil
                volumes.append(VolumeDetails(record, path: path, users: users[record.name] ?? [], size: size))
            }
            volumes.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            return (volumes, listing.problems + problems + plugins.problems)
        }
    }
}
