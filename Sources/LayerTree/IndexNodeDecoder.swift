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
    /// The ordinals of the directories that the last node lies in, the root first, and the node itself.
    private var trail: [Int] = []

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
    mutating func decode(
        attributeSetCount: Int,
        digestCount: Int
    ) throws(TreeError) -> ContiguousArray<IndexNode> {
        var nodes: ContiguousArray<IndexNode> = []
        // Every node has a name, if only the root's empty one, and a record of two bytes or more.
        nodes.reserveCapacity(min(names.count, recordByteCount / 2))
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
        trail.removeLast(trail.count - depth)
        let parent = trail.last ?? -1
        if parent >= 0, nodes[parent].kind != .directory { throw .damagedIndex("a node lies in a file") }
        trail.append(ordinal)
        let name = try names.next()
        guard ordinal == 0 ? name.isEmpty : names.isComponent(name) else {
            throw .damagedIndex("a node has no name of its own")
        }
        if let sibling, !names.areOrdered(nodes[sibling].nameRange, name) {
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
            inode.target = try targets.next()
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
}

/// Texts that stand one behind the other, each with a NUL behind it.
private struct IndexTexts {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// How many texts there are.
    var count: Int { bytes.count { $0 == 0 } }

    /// Where the next text stands.
    mutating func next() throws(TreeError) -> Range<Int> {
        let start = position
        while position < bytes.count {
            if bytes[position] == 0 {
                defer { position += 1 }
                return start..<position
            }
            position += 1
        }
        throw .damagedIndex("names are missing")
    }

    /// Whether a name can stand in a directory; it goes to system calls as it is.
    func isComponent(_ place: Range<Int>) -> Bool {
        let dot = UInt8(ascii: ".")
        let name = UnsafeBufferPointer(rebasing: bytes[place])
        if name.first == dot, name.count == 1 || name.count == 2 && name.last == dot { return false }
        return !name.isEmpty && name.count <= LayerPath.componentByteLimit && !name.contains(UInt8(ascii: "/"))
    }

    /// Whether one name stands before another in the order of their bytes.
    func areOrdered(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
        UnsafeBufferPointer(rebasing: bytes[first])
            .lexicographicallyPrecedes(UnsafeBufferPointer(rebasing: bytes[second]))
    }
}
