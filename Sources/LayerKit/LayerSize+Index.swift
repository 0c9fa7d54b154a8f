import LayerModel
import LayerTree

extension LayerSize {
    /// What an index adds up to: files and link targets, each inode once, and all names that are neither directories nor whiteouts.
    init(_ index: LayerIndex) {
        var (byteCount, fileCount): (Int64, Int) = (0, 0)
        for node in index.nodes where !node.isWhiteout && node.kind != .directory {
            fileCount += 1
            guard node.primary == node.ordinal else { continue }
            byteCount += node.kind == .symbolicLink ? Int64(index.target(of: node).count) : node.byteCount
        }
        self.init(treeByteCount: byteCount, fileCount: fileCount)
    }
}
