package import LayerArchive
package import LayerModel
package import LayerSystem

/// Unpacks one layer: its tar becomes a tree in overlay form and an index beside it.
///
/// ```
/// staging directory    tree/ (the layer, a lowerdir), index, shadowed/ (rarely)
/// ```
///
/// `read` takes the tar in; `settle` completes what depends on the layers below, if anything does; `finish` writes the index.
package final class LayerUnpacker {
    /// The name of the tree in the layer's directory.
    package static let treeName = Array("tree".utf8)
    /// The name of the index in the layer's directory.
    package static let indexName = Array("index".utf8)
    /// The name of the directory with files that no name is left of, which few layers have.
    package static let shadowedName = Array(ShadowDirectory.name.utf8)

    let layer: Directory
    let tree: Directory
    let indexFile: IndexFile
    let capture: TarCapture
    var ledger: LayerLedger
    var writer: TreeWriter
    private let limits: ArchiveLimits
    private var entryCount = 0
    /// Whether the tar says all that the layer means; what is settled later does not change it.
    private var isSelfContained = true

    /// Prepares to unpack.
    ///
    /// - Parameters:
    ///   - layer: An empty directory of the caller's, which becomes the layer's directory.
    ///   - settings: What process and store are like.
    ///   - limits: What a layer may hold.
    ///   - donor: What gives files their content where that need not be written.
    ///   - sharesWork: Whether a second thread is to fill files while others are made; asked at each small file, nil for never.
    /// - Throws: `SystemError`.
    package init(
        into layer: Directory,
        settings: TreeSettings,
        limits: ArchiveLimits = .standard,
        donor: ContentDonor? = nil,
        sharesWork: (() -> Bool)? = nil
    ) throws {
        self.layer = layer
        self.limits = limits
        ledger = LayerLedger(limits: limits)
        try layer.makeDirectory(Self.treeName, mode: 0o700)
        tree = try layer.open(Self.treeName)
        indexFile = try IndexFile(creating: Self.indexName, in: layer)
        capture = TarCapture(file: indexFile)
        writer = TreeWriter(
            tree: tree.descriptor,
            shadows: ShadowDirectory(layer: layer),
            settings: settings,
            donor: donor,
            sharesWork: sharesWork
        )
    }

    /// What the disk could not hold so far.
    package var notes: LayerNotes { writer.notes }

    /// What the layer adds up to; whole after `settle`.
    package var statistics: LayerStatistics {
        var statistics = ledger.statistics(entryCount: entryCount)
        statistics.isSelfContained = isSelfContained
        return statistics
    }

    /// Reads the tar to its end and writes the tree.
    ///
    /// - Parameter source: The uncompressed tar.
    /// - Throws: `ArchiveError`, `TreeError` or `SystemError`; then the directory is of no use any more.
    package func read(_ source: any ByteSource) throws {
        let reader = TarReader(source, limits: limits, rawSink: capture)
        while try reader.next() {
            entryCount += 1
            try take(reader)
            try writer.fillFiles()
        }
        try writer.finishFiles()
        try ledger.finish()
        try writer.perform(ledger)
        isSelfContained = ledger.statistics(entryCount: entryCount).isSelfContained
    }

    /// Whether the layer takes something from the layers below: `settle` must be called before `finish`.
    package var needsLowerLayers: Bool { !isSelfContained }

    private func take(_ reader: TarReader) throws {
        if reader.kind == .hardLink {
            let placement = try ledger.link(reader.name, to: reader.linkName)
            try writer.perform(ledger)
            if case .linked(let node, let other) = placement { try writer.link(node, to: other, ledger) }
            return
        }
        let inode = LedgerInode(reader)
        var attributes = InodeAttributes(reader)
        attributes.extendedAttributes = ledger.add(try reader.extendedAttributes())
        let placement = try ledger.place(reader.name, inode, attributes, target: reader.linkName)
        try writer.perform(ledger)
        switch placement {
        case .directory(let node, let isNew):
            if isNew { try writer.makeDirectory(node, mode: inode.mode, ledger) }
        case .created(let node, let id):
            if inode.kind == .regular {
                capture.inode = id
                let digest = try writer.makeFile(node, inode, attributes, ledger) { try reader.readBody($0) }
                ledger.attributes[id].contentDigest = digest
            } else {
                try writer.makeSpecial(node, ledger)
            }
        case .linked, .deferred: break
        }
    }

    /// Completes the tree's directories and writes the index.
    ///
    /// - Throws: `TreeError.linkTargetMissing` for a hard link that leads out of the layer and was not settled; `SystemError`.
    package func finish() throws {
        if let link = ledger.lowerLinks.first {
            throw TreeError.linkTargetMissing(name: link.name, target: link.target.bytes)
        }
        ledger.close()
        try writer.finishDirectories(ledger)
        try finishRoot()
        var index = IndexWriter(indexFile)
        try index.write(ledger, digests: writer.digests, capture: capture)
    }

    private func finishRoot() throws {
        let id = ledger.inodeID(at: .root)
        let root = ledger.inodes[id]
        let descriptor = FileDescriptor(rawValue: tree.descriptor.rawValue)
        try writer.setAttributes(of: descriptor, root, ledger.attributes[id], ledger)
        try descriptor.setMode(root.mode | (writer.settings.isOrdinaryUser ? 0o700 : 0))
    }
}

extension LedgerInode {
    /// What the reader's current entry is; a link's target is not known to it.
    init(_ reader: TarReader) {
        self.init(kind: reader.kind, mode: reader.mode)
        byteCount = reader.byteCount
        device = reader.device
    }
}

extension InodeAttributes {
    /// The owner and the time of the reader's current entry.
    init(_ reader: TarReader) {
        self.init()
        uid = reader.uid
        gid = reader.gid
        modificationTime = reader.modificationTime
    }
}
