import LayerArchive
import LayerModel
import LayerSystem

/// Writes the index of a layer from the ledger, after the tar was read.
struct IndexWriter {
    private let ledger: LayerLedger
    private let digests: ContiguousArray<ContentDigest>
    private var names: [UInt8] = []
    private var nodes = ByteWriter()
    private var targets: [UInt8] = []
    private var attributes = ByteWriter()
    private var digestBytes: [UInt8] = []
    private var previousSeconds: Int64 = 0
    /// The ordinal of the node that has an inode's attributes: its first name.
    private var ordinals: [Int32]

    /// Prepares to write.
    ///
    /// - Parameters:
    ///   - ledger: The finished tree.
    ///   - digests: The content digests that the inodes refer to.
    init(_ ledger: LayerLedger, digests: ContiguousArray<ContentDigest>) {
        self.ledger = ledger
        self.digests = digests
        self.ordinals = [Int32](repeating: -1, count: ledger.inodes.count)
    }

    /// Appends the sections to the file that holds the raw section already.
    ///
    /// - Parameters:
    ///   - file: Where to.
    ///   - capture: What the tar was made of.
    /// - Throws: `TreeError`, `ArchiveError` or `SystemError`.
    mutating func write(to file: IndexFile, capture: TarCapture) throws {
        encodeNodes()
        try file.append(.script, compressing: script(capture))
        try file.append(.names, compressing: names)
        try file.append(.nodes, compressing: nodes.bytes)
        try file.append(.targets, compressing: targets)
        try file.append(.extendedAttributes, compressing: attributes.bytes)
        try file.append(.digests, plain: digestBytes)
        try file.finish()
    }

    private mutating func encodeNodes() {
        var ordinal: Int32 = 0
        var pending = [(NodeID.root, 0)]
        while let (node, depth) = pending.popLast() {
            encode(node, depth: depth, ordinal: ordinal)
            ordinal += 1
            if ledger.isDirectory(node) {
                for child in ledger.sortedChildren(of: node).reversed() { pending.append((child, depth + 1)) }
            }
        }
    }

    private mutating func encode(_ node: NodeID, depth: Int, ordinal: Int32) {
        names.append(contentsOf: ledger.name(of: node))
        names.append(0)
        let id = ledger.inodeID(at: node)
        guard id.isInode else {
            nodes.write(NodeTag.whiteout.rawValue)
            nodes.write(depth)
            return
        }
        let first = ordinals[Int(id.index)]
        if first >= 0 {
            nodes.write(UInt64(EntryKind.hardLink.rawValue))
            nodes.write(depth)
            nodes.write(Int(first))
        } else {
            ordinals[Int(id.index)] = ordinal
            encode(ledger.inodes[Int(id.index)], depth: depth, isRoot: node == .root)
        }
    }

    private mutating func encode(_ inode: LedgerInode, depth: Int, isRoot: Bool) {
        var tag = NodeTag(rawValue: UInt64(inode.kind.rawValue))
        if inode.isImplied { tag.insert(.implied) }
        if inode.isOpaque || isRoot && ledger.isRootOpaque { tag.insert(.opaque) }
        if inode.extendedAttributes >= 0 { tag.insert(.extendedAttributes) }
        nodes.write(tag.rawValue)
        nodes.write(depth)
        nodes.write(UInt64(inode.mode))
        nodes.write(UInt64(inode.uid))
        nodes.write(UInt64(inode.gid))
        nodes.write(signed: inode.modificationTime.seconds &- previousSeconds)
        nodes.write(UInt64(inode.modificationTime.nanoseconds))
        previousSeconds = inode.modificationTime.seconds
        switch inode.kind {
        case .regular:
            nodes.write(UInt64(inode.byteCount))
            if inode.byteCount > 0 {
                digestBytes.append(contentsOf: digests[Int(inode.contentDigest)].bytes)
            }
        case .symbolicLink:
            targets.append(contentsOf: ledger.target(of: inode))
            targets.append(0)
        case .characterDevice, .blockDevice:
            nodes.write(UInt64(inode.device.major))
            nodes.write(UInt64(inode.device.minor))
        default: break
        }
        if inode.extendedAttributes >= 0 {
            let set = ledger.attributeSets[Int(inode.extendedAttributes)]
            attributes.write(set.count)
            for attribute in set {
                attributes.write(counted: attribute.name)
                attributes.write(counted: attribute.value)
            }
        }
    }

    /// References are 1 + 2 · ordinal for a node and 2 + 2 · inode for a file beside the tree; 0 ends the script.
    private func script(_ capture: TarCapture) -> [UInt8] {
        var script = ByteWriter()
        for item in capture.items {
            script.write(UInt64(item.rawByteCount))
            let inode = Int(item.inode.index)
            let reference = ordinals[inode] >= 0 ? 1 + 2 * Int(ordinals[inode]) : 2 + 2 * inode
            script.write(reference)
            script.write(UInt64(item.fileOffset))
            script.write(UInt64(item.byteCount))
        }
        script.write(UInt64(capture.pendingRawByteCount))
        script.write(0)
        return script.bytes
    }
}
