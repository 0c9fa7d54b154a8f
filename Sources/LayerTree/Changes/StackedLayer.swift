import LayerModel
package import LayerSystem

/// A layer as a part of a stack: one of the store, with its tree, or one that is known by its tar alone.
package final class StackedLayer: Sendable {
    /// The layer's index.
    package let index: LayerIndex
    /// The layer's tree; nil for a layer that is not in the store.
    package let tree: Directory?
    /// Where the content of files is, for a layer without a tree.
    let contents: TarContents?
    /// Whether owners, modes and attributes on disk are those of the index.
    package let isExact: Bool

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
        contents = nil
    }

    /// Puts a layer together of which there is a tar and no tree.
    ///
    /// - Parameters:
    ///   - index: What was found in the tar.
    ///   - contents: Reads it again.
    init(index: LayerIndex, contents: TarContents) {
        self.index = index
        self.contents = contents
        tree = nil
        isExact = false
    }

    /// Opens the content of a regular file.
    ///
    /// - Parameter node: The file's node.
    /// - Returns: The file.
    /// - Throws: `SystemError`.
    func openFile(_ node: IndexNode) throws(SystemError) -> File {
        try onDisk(node).openFileInRoot(path(of: node).bytes)
    }

    /// Reads the content of a regular file, wherever it is.
    ///
    /// - Parameters:
    ///   - node: The file's node.
    ///   - body: Takes the content piece by piece, each valid during the call only.
    /// - Throws: `SystemError`, what reading the tar met, and what the body threw.
    package func readFile(_ node: IndexNode, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        if let contents { return try contents.read(index.nodes[node.primary], body) }
        try FileRangeSource(file: openFile(node), offset: 0, byteCount: node.byteCount).forEachChunk(body)
    }

    /// What the disk says of a node.
    func status(of node: IndexNode) throws(SystemError) -> FileStatus {
        try onDisk(node).statusInRoot(path(of: node).bytes, followsLastLink: false)
    }

    /// The extended attributes that the disk has for a node.
    func extendedAttributes(of node: IndexNode) throws(SystemError) -> [ExtendedAttribute] {
        let path = path(of: node)
        return try onDisk(node).openInRoot(path.parent?.bytes ?? []).extendedAttributes(of: Array(path.name))
    }

    /// The tree, for who needs the disk.
    private func onDisk(_ node: IndexNode) throws(SystemError) -> Directory {
        guard let tree else {
            let subject = EscapedText.name(path(of: node).bytes)
            throw SystemError(call: "open", subject: subject, code: SystemError.notRegularFileCode)
        }
        return tree
    }

    private func path(of node: IndexNode) -> LayerPath { index.path(of: index.nodes[node.primary]) }
}
