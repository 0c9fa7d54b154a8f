import LayerModel

/// The tree that the entries of one layer make, kept in memory beside the disk.
///
/// It decides what each entry means, whatever the order of entries: which name replaces which, where a name behind a symbolic link
/// of the same layer lands, what a marker hides. It touches no disk: whoever writes one follows `steps`. Everything is resolved
/// here, below the layer's own root, so that the writer only ever opens directories that the ledger made.
///
/// Nodes and inodes stand in two tables, names in one arena: no memory of its own per entry.
struct LayerLedger {
    /// How many symbolic links one name may lead through.
    ///
    /// Source: `man 7 path_resolution`.
    static let linkLimit = 40

    /// The names, each at its place.
    var nodes: ContiguousArray<LedgerNode> = []
    /// What stands at the names.
    var inodes: ContiguousArray<LedgerInode> = []
    /// Names and link targets, each followed by a NUL.
    var arena: ContiguousArray<UInt8> = []
    /// The extended attributes of inodes that have some.
    var attributeSets: [[ExtendedAttribute]] = []
    /// What the last call wants done on disk.
    var steps: ContiguousArray<LedgerStep> = []
    /// What markers hide, to be looked at when all entries are known: they never hide what their own layer brings.
    var whiteouts: [LayerPath] = []
    /// The markers of opaque directories, by their own names.
    var opaques: [LayerPath] = []
    /// Hard links to names that this layer does not have.
    var lowerLinks: [LowerLink] = []
    /// Whether a marker at the top hides everything below.
    var isRootOpaque = false
    /// Where the entry before went.
    var recent = RecentDirectory()
    private var table = NodeTable()

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
    init() {
        inodes.append(LedgerInode(kind: .directory, mode: 0o755, isImplied: true))
        arena.append(0)
        nodes.append(
            LedgerNode(
                parent: .none,
                nameOffset: 0,
                nameByteCount: 0,
                inode: InodeID(index: 0),
                nextSibling: .none
            )
        )
    }

    /// What stands at a node, which must not be vacant.
    func inode(at node: NodeID) -> LedgerInode { inodes[Int(nodes[Int(node.index)].inode.index)] }

    /// The inode's number at a node.
    func inodeID(at node: NodeID) -> InodeID { nodes[Int(node.index)].inode }

    /// Whether a directory stands at a node.
    func isDirectory(_ node: NodeID) -> Bool {
        let inode = inodeID(at: node)
        return inode.isInode && inodes[Int(inode.index)].kind == .directory
    }

    /// A node's own name.
    func name(of node: NodeID) -> ArraySlice<UInt8> {
        let entry = nodes[Int(node.index)]
        return ArraySlice(arena[entry.nameOffset..<(entry.nameOffset + entry.nameByteCount)])
    }

    /// Hands a node's name out as a C string.
    func withName<R, E: Error>(of node: NodeID, _ body: (UnsafePointer<CChar>) throws(E) -> R) throws(E) -> R {
        try withArena(at: nodes[Int(node.index)].nameOffset, body)
    }

    /// Hands a symbolic link's target out as a C string.
    func withTarget<R, E: Error>(of inode: LedgerInode, _ body: (UnsafePointer<CChar>) throws(E) -> R) throws(E) -> R {
        try withArena(at: inode.targetOffset, body)
    }

    private func withArena<R, E: Error>(at offset: Int, _ body: (UnsafePointer<CChar>) throws(E) -> R) throws(E) -> R {
        let result: Result<R, E> = arena.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { preconditionFailure("the arena holds the root's name") }
            do throws(E) {
                return .success(try body((base + offset).assumingMemoryBound(to: CChar.self)))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// The target bytes of a symbolic link.
    func target(of inode: LedgerInode) -> ArraySlice<UInt8> {
        ArraySlice(arena[inode.targetOffset..<(inode.targetOffset + inode.targetByteCount)])
    }

    /// The path of a node from the root.
    func path(of node: NodeID) -> LayerPath {
        var components: [ArraySlice<UInt8>] = []
        var current = node
        while current != .root {
            components.append(name(of: current))
            current = nodes[Int(current.index)].parent
        }
        return LayerPath(canonical: Array(components.reversed().joined(separator: [UInt8(ascii: "/")])))
    }

    /// Finds a name in a directory, free or not.
    func child(_ name: UnsafeBufferPointer<UInt8>, in parent: NodeID) -> NodeID? {
        table.find(name, NodeTable.hash(name, parent), in: parent, nodes: nodes, arena: arena)
    }

    /// Finds a name in a directory or enters it as free.
    mutating func child(orNew name: UnsafeBufferPointer<UInt8>, in parent: NodeID) -> NodeID {
        let hash = NodeTable.hash(name, parent)
        if let found = table.find(name, hash, in: parent, nodes: nodes, arena: arena) { return found }
        let node = NodeID(index: Int32(nodes.count))
        let offset = store(name)
        let sibling = nodes[Int(parent.index)].lastChild
        nodes.append(
            LedgerNode(
                parent: parent,
                nameOffset: offset,
                nameByteCount: name.count,
                inode: .vacant,
                nextSibling: sibling
            )
        )
        nodes[Int(parent.index)].lastChild = node
        table.insert(node, hash)
        return node
    }

    /// Puts bytes into the arena, a NUL behind them.
    ///
    /// - Returns: Where they stand.
    mutating func store(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let offset = arena.count
        arena.append(contentsOf: bytes)
        arena.append(0)
        return offset
    }

    /// Enters an inode.
    mutating func add(_ inode: LedgerInode) -> InodeID {
        inodes.append(inode)
        return InodeID(index: Int32(inodes.count - 1))
    }

    /// The children of a directory that something stands at, in the order of their bytes.
    func sortedChildren(of directory: NodeID) -> [NodeID] {
        var children: [NodeID] = []
        var child = nodes[Int(directory.index)].lastChild
        while !child.isNone {
            if nodes[Int(child.index)].inode != .vacant { children.append(child) }
            child = nodes[Int(child.index)].nextSibling
        }
        children.sort { name(of: $0).lexicographicallyPrecedes(name(of: $1)) }
        return children
    }
}
