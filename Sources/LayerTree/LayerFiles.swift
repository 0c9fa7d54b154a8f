import LayerModel
import LayerSystem

/// Opens the files of one layer's tree, by their nodes.
///
/// Used by one thread at a time. Files come directory by directory, so the directory used last is kept open.
struct LayerFiles {
    private let index: LayerIndex
    private let tree: Directory
    private var parent = 0
    private var directory: Directory

    /// Prepares to open.
    ///
    /// - Parameters:
    ///   - index: The layer's index.
    ///   - tree: The root of the layer's tree.
    init(_ index: LayerIndex, in tree: Directory) {
        self.index = index
        self.tree = tree
        directory = tree
    }

    /// Opens the content of a regular file.
    ///
    /// - Parameter node: A node of the file; a further name of an inode stands for the first one.
    /// - Returns: A descriptor, which the caller closes; what stands there may be something else by now.
    /// - Throws: `SystemError`.
    mutating func open(_ node: IndexNode) throws(SystemError) -> FileDescriptor {
        let primary = index.nodes[node.primary]
        if primary.parent != parent {
            directory = try tree.openInRoot(index.path(of: index.nodes[primary.parent]).bytes)
            parent = primary.parent
        }
        let directory = directory
        return try CName.lend(index.name(of: primary)) { name throws(SystemError) in
            try directory.descriptor.openStoredFile(name)
        }
    }
}
