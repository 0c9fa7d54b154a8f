import ImageSpec
import LayerModel
import LayerStorage
import LayerSystem

extension ImageStore {
    /// The mounts of a container as a runtime takes them, those less deep first.
    ///
    /// - Parameters:
    ///   - record: The container.
    ///   - isWatched: Whether somebody is there when its process ends, as plugins are to be told of that.
    /// - Returns: Elements of `mounts`, and what was mounted for them.
    /// - Throws: `LayerError` for what is not there.
    func runtimeMounts(
        of record: ContainerRecord,
        isWatched: Bool
    ) throws -> (mounts: [JSONValue], shown: ShownMounts) {
        var shown = ShownMounts()
        let mounts = try record.mounts.sorted { $0.depth < $1.depth }.map { mount in
            if mount.pluginName != nil, !isWatched {
                let reason = "a plugin has it, which must be told when the container ends: use run"
                throw LayerError(.failure, "volume \(mount.name ?? ""): \(reason)")
            }
            return mount.runtimeMount(from: try source(of: mount, in: record, &shown))
        }
        return (mounts, shown)
    }

    private func source(
        of mount: ContainerMount,
        in record: ContainerRecord,
        _ shown: inout ShownMounts
    ) throws -> String? {
        let path: String
        switch mount.kind {
        case .tmpfs: return nil
        case .bind: path = mount.source
        case .volume:
            let name = mount.name ?? ""
            if let plugin = mount.pluginName {
                path = try shown.use(name, of: plugin, by: record.id)
            } else {
                path = try shown.use(name, in: self)
            }
        case .image:
            let place = try self.mount(mount.source)
            if place.reason != nil { shown.images.append(mount.source) }
            path = String(decoding: place.path, as: UTF8.self)
        }
        guard let subpath = mount.subpath else { return path }
        // What lies in a volume can be made to mislead: nothing leads out of it.
        return String(decoding: try Directory(path: path).openInRoot(subpath).hostPath(), as: UTF8.self)
    }
}
