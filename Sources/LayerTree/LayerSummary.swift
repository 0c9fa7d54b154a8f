package import LayerModel

/// What is known of a layer once its tar has been read to the end.
package struct LayerSummary: Hashable, Sendable {
    /// The digest of the uncompressed tar.
    package let diffID: DiffID
    /// The length of the uncompressed tar, in bytes.
    package let tarByteCount: Int64
    /// What the entries add up to.
    package let statistics: LayerStatistics

    /// The size of the layer as Docker's overlay2 counts it, in bytes.
    package var treeByteCount: Int64 { statistics.treeByteCount }
    /// How many entries the tar has.
    package var entryCount: Int { statistics.entryCount }
    /// How many names other than directories and whiteouts the layer holds.
    package var fileCount: Int { statistics.fileCount }
    /// Whether the layer means the same on any base.
    package var isSelfContained: Bool { statistics.isSelfContained }
    /// Whether the layer hides everything below it.
    package var isRootOpaque: Bool { statistics.isRootOpaque }

    /// Puts a summary together.
    package init(diffID: DiffID, tarByteCount: Int64, statistics: LayerStatistics) {
        self.diffID = diffID
        self.tarByteCount = tarByteCount
        self.statistics = statistics
    }
}
