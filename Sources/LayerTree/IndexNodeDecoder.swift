import LayerModel

/// Decodes the nodes of an index and checks that they make a tree.
struct IndexNodeDecoder {
    private var reader: ByteReader
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
        self.names = names
        self.targets = targets
    }

    /// Decodes all nodes.
    mutating func decode(
        attributeSetCount: Int,
        digestCount: Int
    ) throws(TreeError) -> ContiguousArray<IndexNode> {
        var nodes: ContiguousArray<IndexNode> = []
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
        let place = Place(ordinal: ordinal, parent: parent, depth: depth, name: name)
        if tag.contains(.whiteout) { return place.whiteout }
        if kind == .hardLink {
            let primary = try reader.read(Int.self)
            guard primary < ordinal, nodes[primary].primary == primary, nodes[primary].kind != nil else {
                throw .damagedIndex("a hard link leads to no file")
            }
            return place.link(to: nodes[primary])
        }
        return try decodeInode(place, kind, tag)
    }

    private mutating func decodeInode(_ place: Place, _ kind: EntryKind, _ tag: NodeTag) throws(TreeError) -> IndexNode
    {
        let mode = try reader.read(UInt16.self)
        let uid = try reader.read(UInt32.self)
        let gid = try reader.read(UInt32.self)
        seconds &+= try reader.readSigned()
        let nanoseconds = try reader.read(UInt32.self)
        var byteCount: Int64 = 0
        var device = DeviceNumber(major: 0, minor: 0)
        var target = 0..<0
        var digestPlace = -1
        switch kind {
        case .regular:
            byteCount = try reader.read(Int64.self)
            if byteCount > 0 {
                digestPlace = digest
                digest += 1
            }
        case .symbolicLink: target = try next(in: targets, &targetPosition)
        case .characterDevice, .blockDevice:
            let major = try reader.read(UInt32.self)
            device = DeviceNumber(major: major, minor: try reader.read(UInt32.self))
        default: break
        }
        var set = -1
        if tag.contains(.extendedAttributes) {
            set = attributeSet
            attributeSet += 1
        }
        return IndexNode(
            ordinal: place.ordinal,
            parent: place.parent,
            depth: place.depth,
            primary: place.ordinal,
            kind: kind,
            mode: mode,
            uid: uid,
            gid: gid,
            modificationTime: Timestamp(seconds: seconds, nanoseconds: nanoseconds),
            byteCount: byteCount,
            device: device,
            isImplied: tag.contains(.implied),
            isOpaque: tag.contains(.opaque),
            nameRange: place.name,
            targetRange: target,
            attributeSet: set,
            digest: digestPlace
        )
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

/// Where a node stands, before it is known what stands there.
private struct Place {
    let ordinal: Int
    let parent: Int
    let depth: Int
    let name: Range<Int>

    var whiteout: IndexNode { make(nil, primary: ordinal) }

    func link(to other: IndexNode) -> IndexNode { make(other, primary: other.ordinal) }

    private func make(_ other: IndexNode?, primary: Int) -> IndexNode {
        IndexNode(
            ordinal: ordinal,
            parent: parent,
            depth: depth,
            primary: primary,
            kind: other?.kind,
            mode: other?.mode ?? 0,
            uid: other?.uid ?? 0,
            gid: other?.gid ?? 0,
            modificationTime: other?.modificationTime ?? Timestamp(seconds: 0),
            byteCount: other?.byteCount ?? 0,
            device: other?.device ?? DeviceNumber(major: 0, minor: 0),
            isImplied: false,
            isOpaque: false,
            nameRange: name,
            targetRange: other?.targetRange ?? 0..<0,
            attributeSet: other?.attributeSet ?? -1,
            digest: other?.digest ?? -1
        )
    }
}
