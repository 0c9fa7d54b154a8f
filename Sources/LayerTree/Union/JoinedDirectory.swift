import LayerModel
import LayerSystem

/// A directory of a joined tree.
final class JoinedDirectory: TreeDirectory {
    let path: LayerPath
    /// The directory of the tree that it comes from; nil for one that is only on the way to a mount point.
    private let inner: (any TreeDirectory)?
    /// The mount that it lies in; nil for the container's own tree.
    private let mount: MountPoints.Point?
    private let points: MountPoints

    init(_ inner: (any TreeDirectory)?, at path: LayerPath, _ mount: MountPoints.Point?, _ points: MountPoints) {
        self.inner = inner
        self.path = path
        self.mount = mount
        self.points = points
    }

    func list() throws -> [[UInt8]] {
        let names = points.names(in: path)
        let inner = try self.inner?.list() ?? []
        guard !names.isEmpty else { return inner }
        return names.union(inner).sorted { $0.lexicographicallyPrecedes($1) }
    }

    func entry(_ name: [UInt8]) throws -> TreeEntry? {
        let place = path.appending(name)
        if let point = points[place] {
            guard let file = point.file else { return try point.directory.ownEntry() }
            return try point.directory.entry(file)
        }
        if let entry = try inner?.entry(name) { return entry }
        return points.isUsed(place) ? Self.passage : nil
    }

    func ownEntry() throws -> TreeEntry { try inner?.ownEntry() ?? Self.passage }

    /// What is shown of a directory that is not there and only leads to a mount point.
    private static let passage = TreeEntry(
        kind: .directory,
        attributes: FileAttributes(mode: 0o755, modificationTime: Timestamp(seconds: 0))
    )

    func open(_ name: [UInt8]) throws -> any TreeDirectory {
        let place = path.appending(name)
        if let point = points[place] {
            guard point.file == nil else { throw TreeAccessError(.notDirectory, self, name) }
            return JoinedDirectory(point.directory, at: place, point, points)
        }
        if points.isUsed(place), try inner?.entry(name) == nil {
            return JoinedDirectory(nil, at: place, mount, points)
        }
        return JoinedDirectory(try present(name).open(name), at: place, mount, points)
    }

    func openFile(_ name: [UInt8]) throws -> File {
        let (directory, name) = try holder(of: name)
        return try directory.openFile(name)
    }

    func readFile(_ name: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let (directory, name) = try holder(of: name)
        try directory.readFile(name, body)
    }

    /// Where the file of a name stands.
    private func holder(of name: [UInt8]) throws -> (any TreeDirectory, [UInt8]) {
        guard let point = points[path.appending(name)] else { return (try present(name), name) }
        guard let file = point.file else { throw TreeAccessError(.isDirectory, self, name) }
        return (point.directory, file)
    }

    private func present(_ name: [UInt8]) throws -> any TreeDirectory {
        guard let inner else { throw TreeAccessError(.notFound, self, name) }
        return inner
    }
}

extension JoinedDirectory {
    func makeDirectory(_ name: [UInt8], _ attributes: AttributeChange) throws {
        try writable(name).makeDirectory(name, attributes)
    }

    func put(_ name: [UInt8], _ file: NewFile, _ attributes: AttributeChange) throws {
        try writable(name).put(name, file, attributes)
    }

    func link(_ name: [UInt8], to other: any TreeDirectory, _ oldName: [UInt8]) throws {
        guard let other = other as? JoinedDirectory, let source = other.inner,
            other.mount === mount, points[other.path.appending(oldName)] == nil
        else { throw TreeAccessError(.otherTree, self, name) }
        try writable(name).link(name, to: source, oldName)
    }

    func remove(_ name: [UInt8]) throws { try writable(name).remove(name) }

    func setAttributes(_ name: [UInt8], _ change: AttributeChange) throws {
        guard let point = points[path.appending(name)] else {
            // Nothing is there whose attributes could be changed, and nothing needs to be: it was not made here.
            if points.isUsed(path.appending(name)), try inner?.entry(name) == nil { return }
            return try changeable(name).setAttributes(name, change)
        }
        guard !point.isReadOnly else { throw TreeAccessError(.readOnlyMount, self, name) }
        if let file = point.file { return try point.directory.setAttributes(file, change) }
        point.wasChanged = true
        try (point.directory as? OpenDirectory)?.setOwnAttributes(change)
    }

    /// The directory in which a name can be made, replaced or removed.
    private func writable(_ name: [UInt8]) throws -> any TreeDirectory {
        let directory = try changeable(name)
        // What is mounted cannot be replaced or removed, nor can a directory that holds such a place.
        if points.isUsed(path.appending(name)) { throw TreeAccessError(.mountPoint, self, name) }
        return directory
    }

    private func changeable(_ name: [UInt8]) throws -> any TreeDirectory {
        if mount?.isReadOnly == true { throw TreeAccessError(.readOnlyMount, self, name) }
        mount?.wasChanged = true
        return try present(name)
    }
}
