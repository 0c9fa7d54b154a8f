import ImageSpec
import LayerModel
import LayerStorage
import LayerSystem

extension ImageStore {
    /// The mounts of a container as a runtime takes them, those less deep first.
    ///
    /// - Parameters:
    ///   - record: The container.
    ///   - run: Where parts of volumes and images are shown while its process runs; nil where nobody is there when it ends, whom plugins
    ///     would need as well.
    /// - Returns: Elements of `mounts`, and what was mounted for them.
    /// - Throws: `LayerError` for what is not there.
    func runtimeMounts(
        of record: ContainerRecord,
        run: RunDirectory?
    ) throws -> (mounts: [JSONValue], shown: ShownMounts) {
        var shown = ShownMounts()
        let mounts = try record.mounts.sorted { $0.depth < $1.depth }.map { mount in
            if mount.pluginName != nil, run == nil {
                let reason = "a plugin has it, which must be told when the container ends: use run"
                throw LayerError(.failure, "volume \(mount.name ?? ""): \(reason)")
            }
            return mount.runtimeMount(from: try source(of: mount, in: record, run, &shown))
        }
        return (mounts, shown)
    }

    private func source(
        of mount: ContainerMount,
        in record: ContainerRecord,
        _ run: RunDirectory?,
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
        if let run { return try RunParts(of: run).show(subpath, of: path) }
        // Nothing leads out of it now; what becomes of it is up to whoever runs the bundle.
        return String(decoding: try Directory(path: path).openInRoot(subpath).hostPath(), as: UTF8.self)
    }
}
