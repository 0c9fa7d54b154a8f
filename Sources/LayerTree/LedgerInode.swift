import LayerModel

/// What stands at one or several names, in 16 bytes: all that decides what entries mean and what a layer adds up to.
///
/// Owner, time and what else only the disk and the index want stand in a table of their own (`InodeAttributes`): who only reads a
/// layer for its size has none.
struct LedgerInode {
    private struct Marks: OptionSet {
        let rawValue: UInt8
        static let implied = Self(rawValue: 1)
        static let forWhiteouts = Self(rawValue: 2)
        static let opaque = Self(rawValue: 4)
    }

    /// What it is.
    ///
    /// A hard link only until the layers below are known: the file of a lower layer that is to be copied up.
    var kind: EntryKind
    private var marks: Marks = []
    /// Permission bits, the low 12.
    var mode: UInt16
    /// How many names it has.
    var nameCount: Int32 = 1
    /// The length of a file, the place of a link's target, or a device's number.
    private var content: UInt64 = 0

    /// A directory that no entry describes, needed as a parent: it takes what the layers below say of it.
    var isImplied: Bool {
        get { marks.contains(.implied) }
        set { set(.implied, newValue) }
    }
    /// An implied directory that only whiteouts need: where there is none below, it goes away again.
    var isForWhiteouts: Bool {
        get { marks.contains(.forWhiteouts) }
        set { set(.forWhiteouts, newValue) }
    }
    /// A directory that hides what lies below it in lower layers.
    var isOpaque: Bool {
        get { marks.contains(.opaque) }
        set { set(.opaque, newValue) }
    }

    /// Describes an inode without content.
    init(kind: EntryKind, mode: UInt16) {
        self.kind = kind
        self.mode = mode
    }

    /// The length of a regular file, in bytes; 0 for all other kinds.
    var byteCount: Int64 {
        get { kind == .regular ? Int64(bitPattern: content) : 0 }
        set { if kind == .regular { content = UInt64(bitPattern: newValue) } }
    }

    /// The number of a device node; 0:0 for all other kinds.
    var device: DeviceNumber {
        get {
            guard isDevice else { return DeviceNumber(major: 0, minor: 0) }
            return DeviceNumber(major: UInt32(content >> 32), minor: UInt32(truncatingIfNeeded: content))
        }
        set { if isDevice { content = UInt64(newValue.major) << 32 | UInt64(newValue.minor) } }
    }

    /// Where a symbolic link's target stands in the arena, a NUL behind it.
    var targetOffset: Int { kind == .symbolicLink ? Int(content & 0xffff_ffff) : 0 }
    /// The length of a symbolic link's target, in bytes; 0 for all other kinds.
    var targetByteCount: Int { kind == .symbolicLink ? Int(content >> 32) : 0 }

    /// Makes a symbolic link lead to what stands in the arena.
    mutating func setTarget(offset: Int, byteCount: Int) {
        if kind == .symbolicLink { content = UInt64(byteCount) << 32 | UInt64(offset) }
    }

    private var isDevice: Bool { kind == .characterDevice || kind == .blockDevice }

    private mutating func set(_ mark: Marks, _ isSet: Bool) {
        if isSet { marks.insert(mark) } else { marks.remove(mark) }
    }
}
