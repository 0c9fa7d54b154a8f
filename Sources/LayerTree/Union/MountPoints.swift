import LayerModel

/// The mounts of one tree, by the places where they came to stand.
final class MountPoints {
    /// One mount, opened.
    final class Point {
        /// The directory; for a file the one that it stands in.
        let directory: any TreeDirectory
        /// The name of a file in that directory.
        let file: [UInt8]?
        /// Whether nothing may be changed through it.
        let isReadOnly: Bool
        /// Whether anything was changed in it.
        var wasChanged = false

        init(_ directory: any TreeDirectory, file: [UInt8]? = nil, isReadOnly: Bool) {
            self.directory = directory
            self.file = file
            self.isReadOnly = isReadOnly
        }
    }

    private var points: [LayerPath: Point] = [:]

    /// What is mounted at a place.
    subscript(path: LayerPath) -> Point? { points[path] }

    /// All that is mounted.
    var all: some Collection<Point> { points.values }

    func add(_ content: MountedContent, at path: LayerPath, isReadOnly: Bool) {
        switch content {
        case .directory(let directory, let owners):
            let opened = OpenDirectory(directory, path: path, owners: owners)
            points[path] = Point(opened, isReadOnly: isReadOnly)
        case .file(let name, let directory, let owners):
            let opened = OpenDirectory(directory, path: path.parent ?? .root, owners: owners)
            points[path] = Point(opened, file: name, isReadOnly: isReadOnly)
        case .tree(let directory):
            points[path] = Point(directory, isReadOnly: true)
        }
    }

    /// The names in a directory at which something is mounted, or which lead there.
    func names(in directory: LayerPath) -> Set<[UInt8]> {
        let depth = directory.components.count
        var names: Set<[UInt8]> = []
        for path in points.keys where path != directory && path.isWithin(directory) {
            names.insert(Array(path.components[depth]))
        }
        return names
    }

    /// Whether anything is mounted at a path or below it.
    func isUsed(_ path: LayerPath) -> Bool { points.keys.contains { $0.isWithin(path) } }
}
