import LayerModel

/// Decodes the nodes of an index and checks that they make a tree.
struct IndexNodeDecoder {
    private var reader: ByteReader
    private let recordByteCount: Int
    private let names: [UInt8]
    private let targets: [UInt8]
    private var namePosition = 0
    private var targetPosition = 0
    private var attributeSet = 0
    private var digest = 0
    private var seconds: Int64 = 0
    /// The ordinals of the directories that the last node lies in, the root first, and the node itself.
    private var trail: [Int] = []

    /// Decodes records whose names and link targets stand beside them.
    init(_ records: UnsafeRawBufferPointer, names: [UInt8], targets: [UInt8]) {
        self.reader = ByteReader(records)
        recordByteCount = records.count
        self.names = names
        self.targets = targets
    }

    /// Decodes all nodes.
    mutating func decode(
        attributeSetCount: Int,
        digestCount: Int
    ) throws(TreeError) -> ContiguousArray<IndexNode> {
        var nodes: ContiguousArray<IndexNode> = []
        // Every node has a name, if only the root's empty one, and a record of two bytes or more.
        nodes.reserveCapacity(min(names.count { $0 == 0 }, recordByteCount / 2))
        while !reader.isAtEnd {
            let node = try decodeNode(nodes)
            guard node.attributeSet < attributeSetCount, node.digest < digestCount else {
                throw .damagedIndex("a node refers to what is not there")
            }
            nodes.append(node)
        }
        guard let root = nodes.first, root.kind == .directory else { throw .damagedIndex("it has no root") }
        return nodes
    }

    private mutating func decodeNode(_ nodes: ContiguousArray<IndexNode>) throws(TreeError) -> IndexNode {
        let ordinal = nodes.count
        let tag = NodeTag(rawValue: try reader.readNumber())
        let depth = try reader.read(Int.self)
        guard depth <= trail.count, (depth == 0) == (ordinal == 0) else {
            throw .damagedIndex("a node has no directory")
        }
        let sibling = depth < trail.count ? trail[depth] : nil
        trail.removeSubrange(depth...)
        let parent = trail.last ?? -1
        if parent >= 0, nodes[parent].kind != .directory { throw .damagedIndex("a node lies in a file") }
        trail.append(ordinal)
        let name = try next(in: names, &namePosition)
        guard ordinal == 0 ? name.isEmpty : Self.isComponent(names[name]) else {
            throw .damagedIndex("a node has no name of its own")
        }
        if let sibling, !names[nodes[sibling].nameRange].lexicographicallyPrecedes(names[name]) {
            throw .damagedIndex("names of a directory are out of order")
        }
        guard let kind = EntryKind(rawValue: UInt8(tag.rawValue & NodeTag.kindMask)) else {
            throw .damagedIndex("a node is of an unknown kind")
        }
        guard ordinal < Int32.max else { throw .damagedIndex("it has too many nodes") }
        let place = IndexPlace(ordinal: ordinal, parent: parent, depth: depth, name: name)
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

    private mutating func decodeInode(_ kind: EntryKind, _ tag: NodeTag) throws(TreeError) -> IndexInode {
        var inode = IndexInode(kind: kind, isImplied: tag.contains(.implied), isOpaque: tag.contains(.opaque))
        inode.mode = try reader.read(UInt16.self)
        inode.uid = try reader.read(UInt32.self)
        inode.gid = try reader.read(UInt32.self)
        seconds &+= try reader.readSigned()
        inode.modificationTime = Timestamp(seconds: seconds, nanoseconds: try reader.read(UInt32.self))
        switch kind {
        case .regular:
            inode.byteCount = try reader.read(Int64.self)
            if inode.byteCount > 0 {
                inode.digest = digest
                digest += 1
            }
        case .symbolicLink:
            inode.target = try next(in: targets, &targetPosition)
            guard inode.target.count <= UInt32.max else { throw .damagedIndex("a link target is too long") }
        case .characterDevice, .blockDevice:
            let major = try reader.read(UInt32.self)
            inode.device = DeviceNumber(major: major, minor: try reader.read(UInt32.self))
        default: break
        }
        if tag.contains(.extendedAttributes) {
            inode.attributeSet = attributeSet
            attributeSet += 1
        }
        return inode
    }

    /// Whether a name can stand in a directory; it goes to system calls as it is.
    private static func isComponent(_ name: ArraySlice<UInt8>) -> Bool {
        let dot = UInt8(ascii: ".")
        if name.first == dot, name.count == 1 || name.count == 2 && name.last == dot { return false }
        return !name.isEmpty && name.count <= LayerPath.componentByteLimit && !name.contains(UInt8(ascii: "/"))
    }

    private func next(in bytes: [UInt8], _ position: inout Int) throws(TreeError) -> Range<Int> {
        guard let end = bytes[position...].firstIndex(of: 0) else { throw .damagedIndex("names are missing") }
        defer { position = end + 1 }
        return position..<end
    }
}
