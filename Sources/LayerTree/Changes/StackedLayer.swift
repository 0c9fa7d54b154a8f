import LayerModel
package import LayerSystem

/// A layer of the store as a part of a stack.
package final class StackedLayer: Sendable {
    /// The layer's index.
    package let index: LayerIndex
    /// The layer's tree.
    package let tree: Directory
    /// Whether owners, modes and attributes on disk are those of the index.
    package let isExact: Bool
    /// For each node the ordinal behind all that lies below it.
    let ends: ContiguousArray<Int32>

    /// Puts a layer together.
    ///
    /// - Parameters:
    ///   - index: The layer's index.
    ///   - tree: The layer's tree.
    ///   - isExact: Whether root unpacked it and this process is root: then the disk is as the index says.
    package init(index: LayerIndex, tree: Directory, isExact: Bool) {
        self.index = index
        self.tree = tree
        self.isExact = isExact
        ends = Self.ends(of: index)
    }

    private static func ends(of index: LayerIndex) -> ContiguousArray<Int32> {
        var ends = ContiguousArray<Int32>(repeating: 0, count: index.nodes.count)
        // The last node that stands at each depth and waits for the next one that is not below it.
        var open: [Int] = []
        for (ordinal, node) in index.nodes.enumerated() {
            while let last = open.last, index.nodes[last].depth >= node.depth {
                ends[last] = Int32(ordinal)
                open.removeLast()
            }
            open.append(ordinal)
        }
        for last in open { ends[last] = Int32(index.nodes.count) }
        return ends
    }

    /// Opens the content of a regular file.
    ///
    /// - Parameter node: The file's node.
    /// - Returns: The file.
    /// - Throws: `SystemError`.
    func openFile(_ node: IndexNode) throws(SystemError) -> File {
        try tree.openFileInRoot(path(of: node).bytes)
    }

    /// What the disk says of a node.
    func status(of node: IndexNode) throws(SystemError) -> FileStatus {
        try tree.statusInRoot(path(of: node).bytes, followsLastLink: false)
    }

    /// The extended attributes that the disk has for a node.
    func extendedAttributes(of node: IndexNode) throws(SystemError) -> [ExtendedAttribute] {
        let path = path(of: node)
        return try tree.openInRoot(path.parent?.bytes ?? []).extendedAttributes(of: Array(path.name))
    }

    private func path(of node: IndexNode) -> LayerPath { index.path(of: index.nodes[node.primary]) }
}
