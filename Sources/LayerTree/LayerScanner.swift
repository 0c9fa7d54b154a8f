package import LayerArchive
package import LayerModel

/// Reads a layer's tar for what it adds up to, without a disk: headers only, where the source can pass over bodies.
package enum LayerScanner {
    /// Scans a tar to its end.
    ///
    /// - Parameters:
    ///   - source: The uncompressed tar.
    ///   - limits: What a layer may hold.
    /// - Returns: What the entries add up to; a hard link into a lower layer counts as a name, its size is not known.
    /// - Throws: `ArchiveError` or `TreeError`.
    package static func scan(_ source: any ByteSource, limits: ArchiveLimits = .standard) throws -> LayerStatistics {
        let reader = TarReader(scanning: source, limits: limits)
        var ledger = LayerLedger(keepsAttributes: false, limits: limits)
        var entryCount = 0
        while try reader.next() {
            entryCount += 1
            if reader.kind == .hardLink {
                _ = try ledger.link(reader.name, to: reader.linkName)
            } else {
                _ = try ledger.place(reader.name, LedgerInode(reader), InodeAttributes(), target: reader.linkName)
            }
        }
        try ledger.finish()
        return ledger.statistics(entryCount: entryCount)
    }
}
