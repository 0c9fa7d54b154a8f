import LayerModel

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

/// One name in the tree.
///
/// Nodes are never taken out: a name that is free again has no inode.
struct LedgerNode {
    /// The directory that the name lies in.
    let parent: NodeID
    /// Where the name stands in the arena; a NUL follows it.
    let nameOffset: Int
    /// The name's length, in bytes.
    let nameByteCount: Int
    /// What stands at the name.
    var inode: InodeID
    /// The child that was named last; the others follow by `nextSibling`.
    var lastChild = NodeID.none
    /// The sibling that was named before this one.
    let nextSibling: NodeID
    /// Whether an entry that is no directory stood here: then nothing of lower layers is left below a directory that comes later.
    var isReplaced = false
}

/// The attributes of one inode, in a form that needs no memory of its own.
struct LedgerInode {
    /// What it is.
    ///
    /// A hard link only until the layers below are known: the file of a lower layer that is to be copied up.
    var kind: EntryKind
    var mode: UInt16
    var uid: UInt32 = 0
    var gid: UInt32 = 0
    var modificationTime = Timestamp(seconds: 0)
    /// The length of a regular file, in bytes.
    var byteCount: Int64 = 0
    var device = DeviceNumber(major: 0, minor: 0)
    /// Where a symbolic link's target stands in the arena.
    var targetOffset = 0
    /// The target's length, in bytes.
    var targetByteCount = 0
    /// The place of the extended attributes in the ledger's list, or -1.
    var extendedAttributes: Int32 = -1
    /// The place of the content digest in the ledger's list, or -1.
    var contentDigest: Int32 = -1
    /// How many names it has.
    var nameCount: Int32 = 1
    /// A directory that no entry describes, needed as a parent: it takes what the layers below say of it.
    var isImplied = false
    /// An implied directory that only whiteouts need: where there is none below, it goes away again.
    var isForWhiteouts = false
    /// A directory that hides what lies below it in lower layers.
    var isOpaque = false
    /// A file without a name whose bytes are kept beside the tree, because the tar has them.
    var isShadowed = false
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
