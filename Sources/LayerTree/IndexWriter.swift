import LayerArchive
import LayerModel
import LayerSystem

/// Writes the index of a layer from the ledger, after the tar was read.
///
/// Each section is written by a walk of its own: so none of them has to be kept in memory beside the ledger.
struct IndexWriter {
    private let file: IndexFile
    private var previousSeconds: Int64 = 0
    /// The ordinal of the node that has an inode's attributes: its first name; -1 for an inode without a name.
    private(set) var ordinals: ContiguousArray<Int32> = []

    /// Prepares to write.
    ///
    /// - Parameter file: A file that holds the raw section already.
    init(_ file: IndexFile) {
        self.file = file
    }

    /// Appends the other sections and ends the file.
    ///
    /// - Parameters:
    ///   - ledger: The finished tree, closed.
    ///   - digests: The content digests that the inodes refer to.
    ///   - capture: What the tar was made of.
    /// - Throws: `TreeError`, `ArchiveError` or `SystemError`.
    mutating func write(
        _ ledger: borrowing LayerLedger,
        digests: borrowing SegmentedTable<ContentDigest>,
        capture: TarCapture
    ) throws {
        number(ledger)
        try file.append(.script) { try writeScript(capture, to: $0) }
        try writeTree(ledger, digests)
    }

    /// Writes an index that no tar is to be made from.
    ///
    /// - Parameters:
    ///   - ledger: The finished tree, closed.
    ///   - digests: The content digests that the inodes refer to; nothing where contents were not read.
    /// - Throws: `TreeError`, `ArchiveError` or `SystemError`.
    mutating func write(_ ledger: borrowing LayerLedger, digests: borrowing SegmentedTable<ContentDigest>) throws {
        number(ledger)
        try writeTree(ledger, digests)
    }

    private mutating func writeTree(
        _ ledger: borrowing LayerLedger,
        _ digests: borrowing SegmentedTable<ContentDigest>
    ) throws {
        try file.append(.names) { try writeNames(ledger, to: $0) }
        try file.append(.nodes) { try writeNodes(ledger, to: $0) }
        try file.append(.targets) { try writeTargets(ledger, to: $0) }
        try file.append(.extendedAttributes) { try writeExtendedAttributes(ledger, to: $0) }
        try file.append(.digests, isCompressed: false) { try writeDigests(ledger, digests, to: $0) }
        try file.finish()
    }

    private mutating func number(_ ledger: borrowing LayerLedger) {
        ordinals = ContiguousArray(repeating: -1, count: ledger.inodes.count)
        var ordinal: Int32 = 0
        var depth = 0
        var next: NodeID? = .root
        while let node = next {
            let id = ledger.inodeID(at: node)
            if id.isInode, ordinals[Int(id.index)] < 0 { ordinals[Int(id.index)] = ordinal }
            ordinal += 1
            next = ledger.successor(of: node, depth: &depth)
        }
    }

    private mutating func writeNodes(_ ledger: borrowing LayerLedger, to section: IndexSectionWriter) throws {
        var ordinal: Int32 = 0
        var depth = 0
        var next: NodeID? = .root
        while let node = next {
            let id = ledger.inodeID(at: node)
            if !id.isInode {
                section.output.write(NodeTag.whiteout.rawValue)
                section.output.write(depth)
            } else if ordinals[Int(id.index)] != ordinal {
                section.output.write(UInt64(EntryKind.hardLink.rawValue))
                section.output.write(depth)
                section.output.write(Int(ordinals[Int(id.index)]))
            } else {
                var inode = ledger.inodes[id]
                if node == .root, ledger.isRootOpaque { inode.isOpaque = true }
                write(inode, ledger.attributes[id], depth: depth, to: section)
            }
            try section.passOn()
            ordinal += 1
            next = ledger.successor(of: node, depth: &depth)
        }
    }

    private mutating func write(
        _ inode: LedgerInode,
        _ attributes: InodeAttributes,
        depth: Int,
        to section: IndexSectionWriter
    ) {
        var tag = NodeTag(rawValue: UInt64(inode.kind.rawValue))
        if inode.isImplied { tag.insert(.implied) }
        if inode.isOpaque { tag.insert(.opaque) }
        if attributes.extendedAttributes >= 0 { tag.insert(.extendedAttributes) }
        section.output.write(tag.rawValue)
        section.output.write(depth)
        section.output.write(UInt64(inode.mode))
        section.output.write(UInt64(attributes.uid))
        section.output.write(UInt64(attributes.gid))
        let time = attributes.modificationTime
        section.output.write(signed: time.seconds &- previousSeconds)
        section.output.write(UInt64(time.nanoseconds))
        previousSeconds = time.seconds
        switch inode.kind {
        case .regular: section.output.write(UInt64(inode.byteCount))
        case .characterDevice, .blockDevice:
            section.output.write(UInt64(inode.device.major))
            section.output.write(UInt64(inode.device.minor))
        default: break
        }
    }

    private func writeNames(_ ledger: borrowing LayerLedger, to section: IndexSectionWriter) throws {
        var depth = 0
        var next: NodeID? = .root
        while let node = next {
            section.output.bytes.append(contentsOf: ledger.name(of: node))
            section.output.bytes.append(0)
            try section.passOn()
            next = ledger.successor(of: node, depth: &depth)
        }
    }

    private func writeTargets(_ ledger: borrowing LayerLedger, to section: IndexSectionWriter) throws {
        try forEachInode(ledger) { id in
            let inode = ledger.inodes[id]
            guard inode.kind == .symbolicLink else { return }
            section.output.bytes.append(contentsOf: ledger.target(of: inode))
            section.output.bytes.append(0)
            try section.passOn()
        }
    }

    private func writeExtendedAttributes(_ ledger: borrowing LayerLedger, to section: IndexSectionWriter) throws {
        guard !ledger.attributeSets.isEmpty else { return }
        try forEachInode(ledger) { id in
            let place = Int(ledger.attributes[id].extendedAttributes)
            guard place >= 0 else { return }
            let set = ledger.attributeSets[place]
            section.output.write(set.count)
            for attribute in set {
                section.output.write(counted: attribute.name)
                section.output.write(counted: attribute.value)
            }
            try section.passOn()
        }
    }

    private func writeDigests(
        _ ledger: borrowing LayerLedger,
        _ digests: borrowing SegmentedTable<ContentDigest>,
        to section: IndexSectionWriter
    ) throws {
        try forEachInode(ledger) { id in
            guard ledger.inodes[id].byteCount > 0, ledger.attributes[id].contentDigest >= 0 else { return }
            let digest = digests[Int(ledger.attributes[id].contentDigest)]
            section.output.write(fixed: digest.high.byteSwapped)
            section.output.write(fixed: digest.low.byteSwapped)
            try section.passOn()
        }
    }

    /// Calls with each inode that has a name, in the order of the first names.
    private func forEachInode(_ ledger: borrowing LayerLedger, _ body: (InodeID) throws -> Void) throws {
        var ordinal: Int32 = 0
        var depth = 0
        var next: NodeID? = .root
        while let node = next {
            let id = ledger.inodeID(at: node)
            if id.isInode, ordinals[Int(id.index)] == ordinal { try body(id) }
            ordinal += 1
            next = ledger.successor(of: node, depth: &depth)
        }
    }

    /// References are 1 + 2 · ordinal for a node and 2 + 2 · inode for a file beside the tree; 0 ends the script.
    private func writeScript(_ capture: TarCapture, to section: IndexSectionWriter) throws {
        try capture.forEachItem { item in
            section.output.write(UInt64(item.rawByteCount))
            let inode = Int(item.inode.index)
            section.output.write(ordinals[inode] >= 0 ? 1 + 2 * Int(ordinals[inode]) : 2 + 2 * inode)
            section.output.write(UInt64(item.fileOffset))
            section.output.write(UInt64(item.byteCount))
            try section.passOn()
        }
        section.output.write(UInt64(capture.pendingRawByteCount))
        section.output.write(0)
    }
}
