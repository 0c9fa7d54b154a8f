/// A name in the ledger's tree: a place that an inode may stand at.
struct NodeID: Hashable, Sendable {
    /// The root of the layer.
    static let root = Self(index: 0)
    /// No node.
    static let none = Self(index: -1)

    /// The place in the table of nodes.
    let index: Int32

    /// Whether this names a node at all.
    var isNone: Bool { index < 0 }
}

/// What stands at one or several names: attributes and content.
struct InodeID: Hashable, Sendable {
    /// No inode: the name is free.
    static let vacant = Self(index: -1)
    /// A whiteout stands at the name.
    static let whiteout = Self(index: -2)

    /// The place in the table of inodes.
    let index: Int32

    /// Whether this names an inode.
    var isInode: Bool { index >= 0 }
}

/// What must be done on disk to follow the ledger, in this order.
enum LedgerStep {
    /// Make a directory that no entry describes.
    case makeDirectory(NodeID)
    /// Take away a name.
    case unlink(NodeID)
    /// Move a file out of the tree: no name of it is left, but the tar has its bytes.
    case shadow(NodeID, InodeID)
    /// Take away an empty directory.
    case removeDirectory(NodeID)
    /// Make a whiteout.
    case makeWhiteout(NodeID)
}

/// What an entry became.
enum LedgerPlacement {
    /// A new directory to make, or one that is there and takes the entry's attributes.
    case directory(NodeID, isNew: Bool)
    /// A new non-directory to make.
    case created(NodeID, InodeID)
    /// A second name for an inode that has the other name.
    case linked(NodeID, to: NodeID)
    /// Nothing to do now: a marker, or a hard link that waits for the layers below.
    case deferred
}
