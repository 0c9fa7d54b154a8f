package import LayerModel
import LayerSystem

/// How one learns where containers are mounted, and how that is ended.
package struct ContainerMounts: Sendable {
    /// Gives the places where containers are mounted, as bytes; those that are not mounted are left out.
    package let find: @Sendable (_ store: LayerStore, _ ids: [ContainerID]) throws -> [ContainerID: [[UInt8]]]
    /// Ends all mounts of a container.
    package let unmount: @Sendable (_ store: LayerStore, _ id: ContainerID) throws -> Void

    /// Takes both.
    package init(
        find: @escaping @Sendable (_ store: LayerStore, _ ids: [ContainerID]) throws -> [ContainerID: [[UInt8]]],
        unmount: @escaping @Sendable (_ store: LayerStore, _ id: ContainerID) throws -> Void
    ) {
        self.find = find
        self.unmount = unmount
    }
}

extension LayerStore {
    /// Where containers are mounted as far as this process sees: at their own `merged`, or as overlays with their upper directories.
    ///
    /// - Parameter ids: The containers.
    /// - Returns: The places of each that is mounted, in the order of the mounts.
    /// - Throws: `SystemError`, `MountTableError`.
    package func visibleMounts(of ids: [ContainerID]) throws -> [ContainerID: [[UInt8]]] {
        guard !ids.isEmpty, let all = try root?.openIfPresent([StoreLayout.containers]) else { return [:] }
        // The kernel shows mount points without links; what `upperdir` says is as the mounter wrote it.
        let real = try all.hostPath()
        var owners: [[UInt8]: ContainerID] = [:]
        for id in ids {
            owners[real + Array("/\(id.hex)/\(StoreLayout.merged)".utf8)] = id
            owners[real + Array("/\(id.hex)/\(StoreLayout.upper)".utf8)] = id
            owners[Array(upperPath(id).utf8)] = id
        }
        var places: [ContainerID: [[UInt8]]] = [:]
        for entry in try MountTable.current().entries {
            guard let id = owners[entry.mountPoint] ?? entry.fileSystemOption("upperdir").flatMap({ owners[$0] }) else {
                continue
            }
            if places[id]?.contains(entry.mountPoint) != true { places[id, default: []].append(entry.mountPoint) }
        }
        return places
    }
}
