package import LayerModel

/// One name of a layer's tree, as the index has it.
///
/// A layer has many: numbers that are told as `Int` are kept in as few bytes as they need.
package struct IndexNode: Sendable {
    /// The length of a regular file, in bytes.
    package let byteCount: Int64
    private let seconds: Int64
    private let nameStart: Int
    private let targetStart: Int
    private let nanoseconds: UInt32
    private let targetByteCount: UInt32
    /// The owner's number, as the tar has it.
    package let uid: UInt32
    /// The group's number, as the tar has it.
    package let gid: UInt32
    /// A device's number.
    package let device: DeviceNumber
    private let ownOrdinal: Int32
    private let parentOrdinal: Int32
    private let primaryOrdinal: Int32
    private let level: Int32
    private let attributeSetPlace: Int32
    private let digestPlace: Int32
    /// Permission bits, the low 12.
    package let mode: UInt16
    private let nameByteCount: UInt8
    /// What it is, or nil for a whiteout.
    ///
    /// A further name of an inode is of that inode's kind, never `hardLink`.
    package let kind: EntryKind?
    /// Whether no entry describes this directory.
    package let isImplied: Bool
    /// Whether this directory hides what lies below it in lower layers.
    package let isOpaque: Bool

    /// Puts a node together; its numbers fit, which the decoder has seen to.
    init(_ place: IndexPlace, primary: Int, inode: IndexInode) {
        ownOrdinal = Int32(place.ordinal)
        parentOrdinal = Int32(place.parent)
        level = Int32(place.depth)
        nameStart = place.name.lowerBound
        nameByteCount = UInt8(place.name.count)
        primaryOrdinal = Int32(primary)
        kind = inode.kind
        mode = inode.mode
        uid = inode.uid
        gid = inode.gid
        seconds = inode.modificationTime.seconds
        nanoseconds = inode.modificationTime.nanoseconds
        byteCount = inode.byteCount
        device = inode.device
        isImplied = inode.isImplied
        isOpaque = inode.isOpaque
        targetStart = inode.target.lowerBound
        targetByteCount = UInt32(inode.target.count)
        attributeSetPlace = Int32(inode.attributeSet)
        digestPlace = Int32(inode.digest)
    }

    /// Where the node stands among all nodes; the root is 0.
    package var ordinal: Int { Int(ownOrdinal) }
    /// The ordinal of its directory; -1 for the root.
    package var parent: Int { Int(parentOrdinal) }
    /// How many components its path has.
    package var depth: Int { Int(level) }
    /// The node that has the attributes: the node itself, or for a further name of an inode the first one.
    package var primary: Int { Int(primaryOrdinal) }
    /// The time of the last change of content.
    package var modificationTime: Timestamp { Timestamp(seconds: seconds, nanoseconds: nanoseconds) }
    var nameRange: Range<Int> { nameStart..<(nameStart + Int(nameByteCount)) }
    var targetRange: Range<Int> { targetStart..<(targetStart + Int(targetByteCount)) }
    var attributeSet: Int { Int(attributeSetPlace) }
    var digest: Int { Int(digestPlace) }

    /// Whether this name removes the same name of lower layers.
    package var isWhiteout: Bool { kind == nil }
}

/// Where a node stands, before it is known what stands there.
struct IndexPlace {
    let ordinal: Int
    let parent: Int
    let depth: Int
    let name: Range<Int>
}

/// What stands at a node; of a whiteout nothing is known.
struct IndexInode {
    var kind: EntryKind?
    var mode: UInt16 = 0
    var uid: UInt32 = 0
    var gid: UInt32 = 0
    var modificationTime = Timestamp(seconds: 0)
    var byteCount: Int64 = 0
    var device = DeviceNumber(major: 0, minor: 0)
    var isImplied = false
    var isOpaque = false
    var target = 0..<0
    var attributeSet = -1
    var digest = -1
}

extension IndexNode {
    /// What stands there, for a further name of it.
    var inode: IndexInode {
        IndexInode(
            kind: kind,
            mode: mode,
            uid: uid,
            gid: gid,
            modificationTime: modificationTime,
            byteCount: byteCount,
            device: device,
            target: targetRange,
            attributeSet: attributeSet,
            digest: digest
        )
    }
}
