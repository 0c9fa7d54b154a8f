package import LayerModel

/// One name of a layer's tree, as the index has it.
///
/// A layer has many, and each page of memory that they fill costs more than what is read into it: 64 bytes hold all of it.
package struct IndexNode: BitwiseCopyable, Sendable {
    private let seconds: Int64
    /// Of a regular file its length, of a symbolic link where its target stands, of a device its number.
    private let detail: UInt64
    private let nameStart: UInt32
    private let nanoseconds: UInt32
    /// The owner's number, as the tar has it.
    package let uid: UInt32
    /// The group's number, as the tar has it.
    package let gid: UInt32
    private let ownOrdinal: Int32
    private let parentOrdinal: Int32
    private let primaryOrdinal: Int32
    private let attributeSetPlace: Int32
    private let digestPlace: Int32
    private var endOrdinal: Int32
    private let level: UInt16
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
        ownOrdinal = Int32(truncatingIfNeeded: place.ordinal)
        parentOrdinal = Int32(truncatingIfNeeded: place.parent)
        endOrdinal = Int32(truncatingIfNeeded: place.ordinal + 1)
        level = UInt16(truncatingIfNeeded: place.depth)
        nameStart = UInt32(truncatingIfNeeded: place.name.lowerBound)
        nameByteCount = UInt8(truncatingIfNeeded: place.name.count)
        primaryOrdinal = Int32(truncatingIfNeeded: primary)
        kind = inode.kind
        mode = inode.mode
        uid = inode.uid
        gid = inode.gid
        seconds = inode.modificationTime.seconds
        nanoseconds = inode.modificationTime.nanoseconds
        detail = inode.detail
        isImplied = inode.isImplied
        isOpaque = inode.isOpaque
        attributeSetPlace = Int32(truncatingIfNeeded: inode.attributeSet)
        digestPlace = Int32(truncatingIfNeeded: inode.digest)
    }

    /// Notes where the nodes below this one end.
    mutating func close(at ordinal: Int) { endOrdinal = Int32(truncatingIfNeeded: ordinal) }

    /// Where the node stands among all nodes; the root is 0.
    package var ordinal: Int { Int(ownOrdinal) }
    /// The ordinal of its directory; -1 for the root.
    package var parent: Int { Int(parentOrdinal) }
    /// The ordinal behind all that lies below it.
    package var end: Int { Int(endOrdinal) }
    /// How many components its path has.
    package var depth: Int { Int(level) }
    /// The node that has the attributes: the node itself, or for a further name of an inode the first one.
    package var primary: Int { Int(primaryOrdinal) }
    /// The time of the last change of content.
    package var modificationTime: Timestamp { Timestamp(seconds: seconds, nanoseconds: nanoseconds) }
    /// The length of a regular file, in bytes; 0 for other kinds.
    package var byteCount: Int64 { kind == .regular ? Int64(bitPattern: detail) : 0 }
    /// A device's number.
    package var device: DeviceNumber {
        guard kind == .characterDevice || kind == .blockDevice else { return DeviceNumber(major: 0, minor: 0) }
        return DeviceNumber(major: upperHalf, minor: lowerHalf)
    }
    var nameRange: Range<Int> { Int(nameStart)..<(Int(nameStart) + Int(nameByteCount)) }
    var targetRange: Range<Int> {
        kind == .symbolicLink ? Int(upperHalf)..<(Int(upperHalf) + Int(lowerHalf)) : 0..<0
    }
    var attributeSet: Int { Int(attributeSetPlace) }
    var digest: Int { Int(digestPlace) }

    /// Whether this name removes the same name of lower layers.
    package var isWhiteout: Bool { kind == nil }

    private var upperHalf: UInt32 { UInt32(truncatingIfNeeded: detail >> 32) }
    private var lowerHalf: UInt32 { UInt32(truncatingIfNeeded: detail) }
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
    /// Of a regular file its length, of a symbolic link where its target stands, of a device its number: the latter two in halves.
    var detail: UInt64 = 0
    var isImplied = false
    var isOpaque = false
    var attributeSet = -1
    var digest = -1

    /// Sets what is told in two numbers.
    mutating func setDetail(upper: UInt32, lower: UInt32) { detail = UInt64(upper) << 32 | UInt64(lower) }
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
            detail: detail,
            attributeSet: attributeSet,
            digest: digest
        )
    }
}
