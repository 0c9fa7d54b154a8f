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

    /// Finds the mounts that this process sees, and ends none.
    package static let visible = ContainerMounts(
        find: { store, ids in try store.visibleMounts(of: ids) },
        unmount: { store, id in
            let places = try store.visibleMounts(of: [id]).values.joined().map { EscapedText.name($0) }
            let reason = "container \(id.short) is mounted at \(places.joined(separator: ", ")): umount it first"
            throw StorageError(.conflict, "", reason)
        }
    )
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
        let real = try Directory(path: "/proc/self/fd").readLink("\(all.descriptor.rawValue)")
        var owners: [[UInt8]: ContainerID] = [:]
        for id in ids {
            owners[real + Array("/\(id.hex)/\(StoreLayout.merged)".utf8)] = id
            owners[real + Array("/\(id.hex)/\(StoreLayout.upper)".utf8)] = id
            owners[Array(upperPath(id).utf8)] = id
        }
        var places: [ContainerID: [[UInt8]]] = [:]
        for entry in try MountTable.current().entries {
            guard let id = owners[entry.mountPoint] ?? entry.upperDirectory.flatMap({ owners[$0] }) else { continue }
            if places[id]?.contains(entry.mountPoint) != true { places[id, default: []].append(entry.mountPoint) }
        }
        return places
    }
}

extension MountEntry {
    /// The upper directory that an overlay's options name; nil for other mounts.
    var upperDirectory: [UInt8]? {
        let key = Array("upperdir=".utf8)
        var option: [UInt8] = []
        var found: [UInt8]?
        var isEscaped = false
        for byte in fileSystemOptions + [UInt8(ascii: ",")] {
            // A comma in a path has a backslash before it, and so has a backslash.
            if isEscaped {
                option.append(byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: ",") {
                if option.starts(with: key) { found = Array(option.dropFirst(key.count)) }
                option = []
            } else {
                option.append(byte)
            }
        }
        return found
    }
}
