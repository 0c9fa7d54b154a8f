/// What the entries of one layer add up to.
package struct LayerStatistics: Hashable, Sendable {
    /// Lengths of files and of symbolic link targets, each inode once, directories not counted, in bytes.
    ///
    /// Source: this is how moby's overlay2 driver sizes the directory of a layer (contract 3.1, "Size value").
    package var treeByteCount: Int64 = 0
    /// How many entries the tar has, markers included.
    package var entryCount = 0
    /// How many names other than directories and whiteouts the layer holds.
    package var fileCount = 0
    /// Whether every parent directory is an entry of its own and every hard link stays inside: then the layer means the same on
    /// any base.
    package var isSelfContained = true
    /// Whether a marker at the top hides everything below.
    package var isRootOpaque = false

    /// Starts from an empty layer.
    package init() {}
}
