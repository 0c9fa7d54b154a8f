import LayerModel

/// Decodes the nodes of an index and checks that they make a tree.
struct IndexNodeDecoder {
    private var reader: ByteReader
    private let recordByteCount: Int
    private var names: IndexTexts
    private var targets: IndexTexts
    private var attributeSet = 0
    private var digest = 0
    private var seconds: Int64 = 0
    /// The ordinals of the directories that the last node lies in, the root first, and of the node itself: the first `trailCount`.
    private var trail: ContiguousArray<Int> = []
    private var trailCount = 0

    /// Decodes records whose names and link targets stand beside them; all three outlive the decoder.
    init(
        _ records: UnsafeRawBufferPointer,
        names: UnsafeBufferPointer<UInt8>,
        targets: UnsafeBufferPointer<UInt8>
    ) {
        self.reader = ByteReader(records)
        recordByteCount = records.count
        self.names = IndexTexts(names)
        self.targets = IndexTexts(targets)
    }

    /// Decodes all nodes.
    mutating func decode(attributeSetCount: Int, digestCount: Int) throws -> ContiguousArray<IndexNode> {
        guard names.byteCount <= UInt32.max, targets.byteCount <= UInt32.max else {
            throw TreeError.damagedIndex("it has too many names")
        }
        // Every node has a name, if only the root's empty one, and a record of two bytes or more. What is not needed is never touched.
        let capacity = min(names.byteCount, recordByteCount / 2)
        let nodes = try ContiguousArray<IndexNode>(unsafeUninitializedCapacity: capacity) { nodes, count in
            while !reader.isAtEnd {
                guard count < capacity else { throw TreeError.damagedIndex("names are missing") }
                let node = try decodeNode(nodes, count)
                guard node.attributeSet < attributeSetCount, node.digest < digestCount else {
                    throw TreeError.damagedIndex("a node refers to what is not there")
                }
                nodes.initializeElement(at: count, to: node)
                count += 1
            }
            leave(to: 0, nodes, at: count)
        }
        guard let root = nodes.first, root.kind == .directory else { throw TreeError.damagedIndex("it has no root") }
        return nodes
    }

    /// Leaves the directories that lie deeper than a node.
    private mutating func leave(to depth: Int, _ nodes: UnsafeMutableBufferPointer<IndexNode>, at ordinal: Int) {
        while trailCount > depth {
            trailCount -= 1
            nodes[trail[trailCount]].close(at: ordinal)
        }
    }

    private mutating func enter(_ ordinal: Int) {
        if trailCount == trail.count { trail.append(ordinal) } else { trail[trailCount] = ordinal }
        trailCount += 1
    }

    private mutating func decodeNode(
        _ nodes: UnsafeMutableBufferPointer<IndexNode>,
        _ ordinal: Int
    ) throws(TreeError) -> IndexNode {
        let tag = NodeTag(rawValue: try reader.readNumber())
        let place = try decodePlace(nodes, ordinal)
        guard let kind = EntryKind(rawValue: UInt8(tag.rawValue & NodeTag.kindMask)) else {
            throw .damagedIndex("a node is of an unknown kind")
        }
        if tag.contains(.whiteout) { return IndexNode(place, primary: ordinal, inode: IndexInode()) }
        if kind == .hardLink {
            let primary = try reader.read(Int.self)
            guard primary < ordinal, nodes[primary].primary == primary, nodes[primary].kind != nil else {
                throw .damagedIndex("a hard link leads to no file")
            }
            return IndexNode(place, primary: primary, inode: nodes[primary].inode)
        }
        return IndexNode(place, primary: ordinal, inode: try decodeInode(kind, tag))
    }

    private mutating func decodePlace(
        _ nodes: UnsafeMutableBufferPointer<IndexNode>,
        _ ordinal: Int
    ) throws(TreeError) -> IndexPlace {
        let depth = try reader.read(Int.self)
        guard depth <= trailCount, (depth == 0) == (ordinal == 0) else {
            throw .damagedIndex("a node has no directory")
        }
        guard depth <= UInt16.max, ordinal < Int32.max else { throw .damagedIndex("it has too many nodes") }
        let sibling = depth < trailCount ? trail[depth] : nil
        leave(to: depth, nodes, at: ordinal)
        let parent = depth > 0 ? trail[depth - 1] : -1
        if parent >= 0, nodes[parent].kind != .directory { throw .damagedIndex("a node lies in a file") }
        enter(ordinal)
        let (name, isComponent) = try names.nextName()
        guard ordinal == 0 ? name.isEmpty : isComponent else {
            throw .damagedIndex("a node has no name of its own")
        }
        if let sibling, !names.areOrdered(nodes[sibling].nameRange, name) {
            throw .damagedIndex("names of a directory are out of order")
        }
        return IndexPlace(ordinal: ordinal, parent: parent, depth: depth, name: name)
    }

    private mutating func decodeInode(_ kind: EntryKind, _ tag: NodeTag) throws(TreeError) -> IndexInode {
        var inode = IndexInode(kind: kind, isImplied: tag.contains(.implied), isOpaque: tag.contains(.opaque))
        inode.mode = try reader.read(UInt16.self)
        inode.uid = try reader.read(UInt32.self)
        inode.gid = try reader.read(UInt32.self)
        seconds &+= try reader.readSigned()
        inode.modificationTime = Timestamp(seconds: seconds, nanoseconds: try reader.read(UInt32.self))
        switch kind {
        case .regular:
            inode.detail = UInt64(try reader.read(Int64.self))
            if inode.detail > 0 {
                inode.digest = digest
                digest += 1
            }
        case .symbolicLink:
            let target = try targets.next()
            inode.setDetail(upper: UInt32(target.lowerBound), lower: UInt32(target.count))
        case .characterDevice, .blockDevice:
            let major = try reader.read(UInt32.self)
            inode.setDetail(upper: major, lower: try reader.read(UInt32.self))
        default: break
        }
        if tag.contains(.extendedAttributes) {
            inode.attributeSet = attributeSet
            attributeSet += 1
        }
        return inode
    }
}
