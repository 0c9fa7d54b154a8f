import LayerModel
import LayerSystem

/// How a removal learns where a container is mounted, and how it ends that.
package struct ContainerMounts: Sendable {
    /// Gives the places where a container is mounted, as bytes; none when it is not.
    package let find: @Sendable (_ store: LayerStore, _ id: ContainerID) throws -> [[UInt8]]
    /// Ends all mounts of a container.
    package let unmount: @Sendable (_ store: LayerStore, _ id: ContainerID) throws -> Void

    /// Takes both.
    package init(
        find: @escaping @Sendable (_ store: LayerStore, _ id: ContainerID) throws -> [[UInt8]],
        unmount: @escaping @Sendable (_ store: LayerStore, _ id: ContainerID) throws -> Void
    ) {
        self.find = find
        self.unmount = unmount
    }

    /// Finds the mounts that this process sees, and ends none.
    package static let visible = ContainerMounts(
        find: { store, id in try store.visibleMounts(of: id) },
        unmount: { store, id in
            let places = try store.visibleMounts(of: id).map { EscapedText.name($0) }.joined(separator: ", ")
            throw StorageError(.conflict, "", "container \(id.short) is mounted at \(places): umount it first")
        }
    )
}

extension LayerStore {
    /// Where a container is mounted as far as this process sees: at its own `merged`, or as an overlay with its upper directory.
    ///
    /// - Parameter id: The container.
    /// - Returns: The places, each once, in the order of the mounts.
    /// - Throws: `SystemError`, `MountTableError`.
    package func visibleMounts(of id: ContainerID) throws -> [[UInt8]] {
        guard let directory = try containerDirectoryIfPresent(id) else { return [] }
        // The kernel shows mount points without links; what `upperdir` says is as the mounter wrote it.
        let real = try Directory(path: "/proc/self/fd").readLink("\(directory.descriptor.rawValue)")
        let merged = real + Array("/\(StoreLayout.merged)".utf8)
        let uppers = [real + Array("/\(StoreLayout.upper)".utf8), Array(upperPath(id).utf8)]
        var places: [[UInt8]] = []
        for entry in try MountTable.current().entries {
            let isContainers =
                entry.mountPoint == merged || entry.upperDirectory.map { uppers.contains($0) } ?? false
            if isContainers, !places.contains(entry.mountPoint) { places.append(entry.mountPoint) }
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
