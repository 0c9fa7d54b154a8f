import ImageSpec
import LayerDriver
import LayerModel
import LayerStorage
import LayerSystem
import LayerTree
import VolumePlugins

extension JoinedTree {
    /// Mounts what a container has mounted; a tmpfs, which has its files only while the container runs, is left out.
    ///
    /// - Parameters:
    ///   - mounts: The container's mounts, what lies less deep first.
    ///   - owners: Whose numbers stand on the disk for which owners.
    ///   - store: The store.
    /// - Throws: `LayerError` for what is not there any more, `StorageError`, `TreeAccessError`, `SystemError`.
    func mount(_ mounts: [ContainerMount], _ owners: OwnerRule, in store: LayerStore) throws {
        for mount in mounts {
            guard let content = try Self.content(mount, owners, in: store) else { continue }
            try self.mount(content, at: Array(mount.destination.utf8), isReadOnly: mount.isReadOnly)
        }
    }

    private static func content(
        _ mount: ContainerMount,
        _ owners: OwnerRule,
        in store: LayerStore
    ) throws -> MountedContent? {
        switch mount.kind {
        case .tmpfs: return nil
        case .volume:
            let data = try volumeFiles(mount.name ?? "", mount.pluginName, in: store)
            return .directory(try mount.subpath.map { try data.openInRoot($0) } ?? data, .ofVolume)
        case .bind:
            let place = try HostTree().resolve(Array(mount.source.utf8), followsLast: true)
            guard let entry = place.entry, let directory = place.directory as? OpenDirectory else {
                throw MountError.missingSource(mount.source)
            }
            guard entry.kind == .directory else {
                return .file(place.name ?? [], in: directory.directory, owners)
            }
            return .directory(try Directory(path: mount.source), owners)
        case .image:
            let name = mount.name ?? ""
            guard let digest = LayerStore.digest(mount.source), let image = try store.storedImage(ImageID(digest))
            else { throw LayerError(.notFound, "No such image: \(name)") }
            let tree = UnionTree(try LowerStack(image.record.layers.map(\.key), in: store))
            let place = try tree.resolve(Array((mount.subpath ?? "").utf8), followsLast: true)
            let directories = try place.opened()
            return .tree(directories[directories.count - 1])
        }
    }

    /// The files of a volume; a plugin has them mounted as long as anything of them is open.
    private static func volumeFiles(_ name: String, _ plugin: String?, in store: LayerStore) throws -> Directory {
        guard let plugin else {
            try VolumeNamespace.enter()
            return try store.volumeData(name)
        }
        return try ImageStore.asking("mount \(name)") {
            try PluginVolumeUse(name, of: VolumePlugin(named: plugin)).open()
        }
    }
}
