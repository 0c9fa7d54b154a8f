import ImageSpec
import LayerModel
import LayerStorage
import LayerSystem

extension ImageStore {
    /// The mounts of a container as a runtime takes them, those less deep first.
    ///
    /// - Parameter record: The container.
    /// - Returns: Elements of `mounts`, and the images that were mounted for them.
    /// - Throws: `LayerError` for what is not there.
    func runtimeMounts(of record: ContainerRecord) throws -> (mounts: [JSONValue], shownImages: [String]) {
        var shown: [String] = []
        let mounts = try record.mounts.sorted { $0.depth < $1.depth }.map { mount in
            mount.runtimeMount(from: try source(of: mount, &shown))
        }
        return (mounts, shown)
    }

    private func source(of mount: ContainerMount, _ shown: inout [String]) throws -> String? {
        let path: String
        switch mount.kind {
        case .tmpfs: return nil
        case .bind: path = mount.source
        case .volume: path = try mountVolume(mount.name ?? "")
        case .image:
            let place = try self.mount(mount.source)
            if place.reason != nil { shown.append(mount.source) }
            path = String(decoding: place.path, as: UTF8.self)
        }
        guard let subpath = mount.subpath else { return path }
        // What lies in a volume can be made to mislead: nothing leads out of it.
        return String(decoding: try Directory(path: path).openInRoot(subpath).hostPath(), as: UTF8.self)
    }
}
