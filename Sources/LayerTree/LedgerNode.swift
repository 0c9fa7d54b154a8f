/// One name in the tree, in 20 bytes.
///
/// Nodes are never taken out: a name that is free again has no inode.
struct LedgerNode {
    /// The highest offset of a name in the arena.
    static let nameOffsetLimit = Int(Self.replacedBit) - 1
    private static let replacedBit: UInt32 = 1 << 31

    /// The directory that the name lies in.
    let parent: NodeID
    /// What stands at the name.
    var inode = InodeID.vacant
    /// The child that was named last, until the children are in order: then the first one; the others follow by `nextSibling`.
    var children = NodeID.none
    /// The next in the list of the directory's children.
    var nextSibling: NodeID
    /// Where the name stands in the arena, and in the highest bit whether the name was replaced.
    private var nameAndMark: UInt32

    /// Enters a name as free.
    ///
    /// - Parameters:
    ///   - parent: The directory.
    ///   - nameOffset: Where the name stands in the arena; a NUL follows it.
    ///   - nextSibling: The child of the directory that was named before.
    init(parent: NodeID, nameOffset: Int, nextSibling: NodeID) {
        self.parent = parent
        self.nextSibling = nextSibling
        nameAndMark = UInt32(nameOffset)
    }

    /// Where the name stands in the arena; a NUL follows it.
    var nameOffset: Int { Int(nameAndMark & ~Self.replacedBit) }

    /// Whether an entry that is no directory stood here: then nothing of lower layers is left below a directory that comes later.
    var isReplaced: Bool { nameAndMark & Self.replacedBit != 0 }

    /// Notes that an entry which is no directory gives its name up.
    mutating func markReplaced() { nameAndMark |= Self.replacedBit }
}
