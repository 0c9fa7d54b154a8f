import LayerArchive
import LayerModel
import LayerSystem
import LayerTree

/// A layer on disk, as the store has it.
struct UnpackedLayer {
    /// Its directory.
    let directory: Directory

    /// Unpacks a layer that needs no other.
    ///
    /// - Parameters:
    ///   - source: The tar.
    ///   - directory: An empty directory, which becomes the layer's.
    /// - Throws: `ArchiveError`, `TreeError` or `SystemError`.
    init(_ source: any ByteSource, into directory: Directory) throws {
        self.directory = directory
        let unpacker = try LayerUnpacker(into: directory, settings: Self.settings)
        try unpacker.read(source)
        try unpacker.finish()
    }

    /// Reads the index.
    func index() throws -> LayerIndex {
        try LayerIndex(MappedFile(directory.openFile(LayerUnpacker.indexName)))
    }

    /// Opens the tree, which of a layer of changes is a read-write layer in overlay form.
    func tree() throws -> Directory { try directory.open(LayerUnpacker.treeName) }

    /// The layer as a part of a stack.
    func stacked() throws -> StackedLayer {
        StackedLayer(index: try index(), tree: try tree(), isExact: Host.effectiveUserID == 0)
    }

    static var settings: TreeSettings {
        TreeSettings(
            umask: Host.fileModeMask(),
            uid: Host.effectiveUserID,
            gid: Host.effectiveGroupID,
            usesUserAttributes: Host.effectiveUserID != 0
        )
    }
}
