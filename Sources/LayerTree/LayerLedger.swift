import LayerArchive
import LayerModel

/// The tree that the entries of one layer make, kept in memory beside the disk.
///
/// It decides what each entry means, whatever the order of entries: which name replaces which, where a name behind a symbolic link
/// of the same layer lands, what a marker hides. It touches no disk: whoever writes one follows `steps`. Everything is resolved
/// here, below the layer's own root, so that the writer only ever opens directories that the ledger made.
///
/// Nodes and inodes stand in tables, names in one arena: no memory of its own per entry, and none is moved when it grows.
struct LayerLedger: ~Copyable {
    /// How many symbolic links one name may lead through.
    ///
    /// Source: `man 7 path_resolution`.
    static let linkLimit = 40

    /// The names, each at its place.
    var nodes = SegmentedTable<LedgerNode>()
    /// What stands at the names.
    var inodes = SegmentedTable<LedgerInode>()
    /// What only the disk and the index want to know of each inode; nothing in a ledger without attributes.
    var attributes = SegmentedTable<InodeAttributes>()
    /// Names, link targets and paths of markers, each followed by a NUL.
    var arena = SegmentedTable<UInt8>(firstBit: 16)
    /// The extended attributes of inodes that have some.
    private(set) var attributeSets: [[ExtendedAttribute]] = []
    /// What the last call wants done on disk.
    var steps = SegmentedTable<LedgerStep>(firstBit: 4)
    /// The paths that markers hide, to be looked at when all entries are known: they never hide what their own layer brings.
    var whiteouts = SegmentedTable<UInt32>()
    /// The markers of opaque directories, by their own paths.
    var opaques = SegmentedTable<UInt32>(firstBit: 4)
    /// Hard links to names that this layer does not have.
    var lowerLinks: [LowerLink] = []
    /// Whether a marker at the top hides everything below.
    var isRootOpaque = false
    /// Where the entry before went.
    var recent = RecentDirectory()
    private var table = NodeTable()
    private let keepsAttributes: Bool
    let limits: ArchiveLimits

    /// A hard link whose target must be found in the layers below.
    struct LowerLink {
        /// The name as the archive has it.
        let name: [UInt8]
        /// The target, without symbolic links of this layer.
        let target: LayerPath
        /// What stands at the link's name and is to become the copy.
        let inode: InodeID
    }

    /// Starts with a root that no entry describes.
    ///
    /// - Parameters:
    ///   - keepsAttributes: Whether somebody will want the inodes' attributes.
    ///   - limits: What a layer may hold.
    init(keepsAttributes: Bool = true, limits: ArchiveLimits = .standard) {
        self.keepsAttributes = keepsAttributes
        self.limits = limits
        var root = LedgerInode(kind: .directory, mode: 0o755)
        root.isImplied = true
        let inode = add(root)
        nodes.append(LedgerNode(parent: .none, nameOffset: store([]), nextSibling: .none))
        nodes[.root].inode = inode
    }

    /// What stands at a node, which must not be vacant.
    func inode(at node: NodeID) -> LedgerInode { inodes[inodeID(at: node)] }

    /// The inode's number at a node.
    func inodeID(at node: NodeID) -> InodeID { nodes[node].inode }

    /// Whether a directory stands at a node.
    func isDirectory(_ node: NodeID) -> Bool {
        let inode = inodeID(at: node)
        return inode.isInode && inodes[inode].kind == .directory
    }

    /// A node's own name; valid as long as the ledger.
    func name(of node: NodeID) -> UnsafeBufferPointer<UInt8> {
        NodeTable.name(at: arena.pointer(to: nodes[node].nameOffset))
    }

    /// Hands a node's name out as a C string.
    func withName<R, E: Error>(of node: NodeID, _ body: (UnsafePointer<CChar>) throws(E) -> R) throws(E) -> R {
        try withArena(at: nodes[node].nameOffset, body)
    }

    /// Hands a symbolic link's target out as a C string.
    func withTarget<R, E: Error>(of inode: LedgerInode, _ body: (UnsafePointer<CChar>) throws(E) -> R) throws(E) -> R {
        try withArena(at: inode.targetOffset, body)
    }

    private func withArena<R, E: Error>(at offset: Int, _ body: (UnsafePointer<CChar>) throws(E) -> R) throws(E) -> R {
        try body(UnsafeRawPointer(arena.pointer(to: offset)).assumingMemoryBound(to: CChar.self))
    }

    /// The target bytes of a symbolic link; valid as long as the ledger.
    func target(of inode: LedgerInode) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: arena.pointer(to: inode.targetOffset), count: inode.targetByteCount)
    }

    /// The path of a node from the root.
    func path(of node: NodeID) -> LayerPath {
        var components: [UnsafeBufferPointer<UInt8>] = []
        var current = node
        while current != .root {
            components.append(name(of: current))
            current = nodes[current].parent
        }
        return LayerPath(canonical: Array(components.reversed().joined(separator: [UInt8(ascii: "/")])))
    }

    /// Finds a name in a directory, free or not.
    func child(_ name: UnsafeBufferPointer<UInt8>, in parent: NodeID) -> NodeID? {
        table.find(name, table.hash(name, in: parent), in: parent, nodes: nodes, names: arena)
    }

    /// Finds a name in a directory or enters it as free.
    mutating func child(orNew name: UnsafeBufferPointer<UInt8>, in parent: NodeID) -> NodeID {
        let hash = table.hash(name, in: parent)
        if let found = table.find(name, hash, in: parent, nodes: nodes, names: arena) { return found }
        let node = NodeID(index: Int32(nodes.count))
        nodes.append(LedgerNode(parent: parent, nameOffset: store(name), nextSibling: nodes[parent].children))
        nodes[parent].children = node
        table.insertLast(hash, of: nodes, names: arena)
        return node
    }

    /// Makes sure that there is room for all that one name may bring.
    ///
    /// - Parameter name: Who asks, for the error.
    /// - Throws: `TreeError` when the layer has too much already.
    func checkRoom(for name: UnsafeBufferPointer<UInt8>) throws(TreeError) {
        guard nodes.count <= limits.nameCount else {
            throw refuse(name, .names, "too many names in the layer (over \(limits.nameCount))")
        }
        guard arena.count <= limits.nameByteCount else {
            let reason = "names and link targets of the layer too long (over \(limits.nameByteCount) bytes)"
            throw refuse(name, .nameBytes, reason)
        }
    }

    /// Puts bytes into the arena, a NUL behind them.
    ///
    /// - Returns: Where they stand.
    mutating func store(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        arena.append(run: bytes, before: 0)
    }

    /// Puts bytes into the arena, a NUL behind them.
    ///
    /// - Returns: Where they stand.
    mutating func store(_ bytes: [UInt8]) -> Int {
        bytes.withUnsafeBufferPointer { store($0) }
    }

    /// Enters an inode.
    mutating func add(_ inode: LedgerInode, _ attributes: InodeAttributes = InodeAttributes()) -> InodeID {
        inodes.append(inode)
        if keepsAttributes { self.attributes.append(attributes) }
        return InodeID(index: Int32(inodes.count - 1))
    }

    /// Says something else of an inode.
    mutating func replace(_ id: InodeID, _ inode: LedgerInode, _ attributes: InodeAttributes) {
        inodes[id] = inode
        if keepsAttributes { self.attributes[id] = attributes }
    }

    /// Keeps the extended attributes of an inode.
    ///
    /// - Parameter set: The attributes; those of one entry are often those of the next.
    /// - Returns: Their place in the list, or -1 for none.
    mutating func add(_ set: [ExtendedAttribute]) -> Int32 {
        guard !set.isEmpty else { return -1 }
        if attributeSets.last != set { attributeSets.append(set) }
        return Int32(attributeSets.count - 1)
    }

    /// Puts the children of all directories in the order of their bytes, leaves free names out, and ends the search for names.
    ///
    /// It is called once, when there is nothing to enter any more.
    mutating func close() {
        table.removeAll()
        var children: [NodeID] = []
        for index in 0..<nodes.count where isDirectory(NodeID(index: Int32(index))) {
            children.removeAll(keepingCapacity: true)
            var child = nodes[index].children
            while !child.isNone {
                if inodeID(at: child) != .vacant { children.append(child) }
                child = nodes[child].nextSibling
            }
            children.sort { name(of: $0).lexicographicallyPrecedes(name(of: $1)) }
            var next = NodeID.none
            for child in children.reversed() {
                nodes[child].nextSibling = next
                next = child
            }
            nodes[index].children = next
        }
    }

    /// The node behind another in a walk that comes to a directory before what lies in it; for a closed ledger.
    ///
    /// - Parameters:
    ///   - node: The node at hand.
    ///   - depth: How many components its path has; becomes that of the next one.
    /// - Returns: The next node, or nil at the end.
    func successor(of node: NodeID, depth: inout Int) -> NodeID? {
        if isDirectory(node), !nodes[node].children.isNone {
            depth += 1
            return nodes[node].children
        }
        var current = node
        while current != .root {
            if !nodes[current].nextSibling.isNone { return nodes[current].nextSibling }
            current = nodes[current].parent
            depth -= 1
        }
        return nil
    }
}
