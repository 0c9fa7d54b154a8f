import LayerModel
package import LayerSystem

/// Opens the content of changed files, in the read-write layer or in a layer below.
///
/// Used by one thread at a time.
package final class ChangedFiles {
    private let upper: Directory
    private let lowers: LowerStack
    /// The directory that was used last: most files follow one from the same.
    private var recent: (path: LayerPath, directory: Directory)?

    /// Prepares to open.
    ///
    /// - Parameters:
    ///   - upper: The root of the read-write layer.
    ///   - lowers: The layers below it.
    package init(upper: Directory, lowers: LowerStack) {
        self.upper = upper
        self.lowers = lowers
    }

    /// Opens the content of a regular file.
    ///
    /// - Parameter change: A change whose entry is a regular file.
    /// - Returns: The file.
    /// - Throws: `SystemError`.
    package func open(_ change: TreeChange) throws(SystemError) -> File {
        switch change.content {
        case .lower(let reference):
            return try lowers.layers[reference.layer].openFile(lowers.node(reference))
        case .upper:
            return try directory(change.path.parent ?? .root).openFile(Array(change.path.name))
        }
    }

    /// The directory of the read-write layer at a path.
    func directory(_ path: LayerPath) throws(SystemError) -> Directory {
        if let recent, recent.path == path { return recent.directory }
        let directory = try upper.openInRoot(path.bytes)
        recent = (path, directory)
        return directory
    }
}
