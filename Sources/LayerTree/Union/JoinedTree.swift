import LayerModel
import LayerSystem

/// A container's tree together with what is mounted in it, as a process in the container sees it.
///
/// Paths are walked through mount points in both directions: a link in a volume leads back into the container's own tree, and `..` of a
/// mounted directory is the directory that it is mounted in. A directory that is missing on the way to a mount point is shown, empty but
/// for what is mounted, and not made.
package final class JoinedTree: ContainerTree {
    private let base: any ContainerTree
    private let points = MountPoints()

    /// The root.
    package let root: any TreeDirectory

    /// Begins with a tree in which nothing is mounted.
    ///
    /// - Parameter base: The container's own tree.
    package init(_ base: any ContainerTree) {
        self.base = base
        root = JoinedDirectory(base.root, at: .root, nil, points)
    }

    /// Mounts something; what lies less deep must be mounted before.
    ///
    /// - Parameters:
    ///   - content: What is mounted.
    ///   - destination: The place, absolute; links are followed in the tree as it is now.
    ///   - isReadOnly: Whether nothing may be changed through it.
    /// - Throws: `TreeAccessError`, and what reading the tree met.
    package func mount(_ content: MountedContent, at destination: [UInt8], isReadOnly: Bool) throws {
        points.add(content, at: try place(of: destination), isReadOnly: isReadOnly)
    }

    /// Where a path leads; what is missing at its end is taken as it is written.
    private func place(of path: [UInt8]) throws -> LayerPath {
        let slash = UInt8(ascii: "/")
        var components = path.split(separator: slash).map { Array($0) }
        var missing: [[UInt8]] = []
        while true {
            do {
                let place = try resolve([slash] + components.joined(separator: [slash]), followsLast: true)
                return missing.reversed().reduce(place.path) { $0.appending($1) }
            } catch let error as TreeAccessError {
                guard error.reason == .notFound, let last = components.popLast() else { throw error }
                missing.append(last)
            }
        }
    }

    /// Returns when what was written has reached the device, also through mounts.
    package func synchronize() throws {
        try base.synchronize()
        for point in points.all where point.wasChanged {
            guard let opened = point.directory as? OpenDirectory else { continue }
            try opened.directory.synchronizeFileSystem()
        }
    }
}
