import LayerModel

/// What only the disk and the index want to know of an inode, in 28 bytes.
struct InodeAttributes {
    /// The owner's number.
    var uid: UInt32 = 0
    /// The group's number.
    var gid: UInt32 = 0
    /// The place of the extended attributes in the ledger's list, or -1.
    var extendedAttributes: Int32 = -1
    /// The place of the content digest in the writer's list, or -1.
    var contentDigest: Int32 = -1
    // In halves, so that no padding comes between the inodes.
    private var seconds: (low: UInt32, high: UInt32) = (0, 0)
    private var nanoseconds: UInt32 = 0

    /// The time of the last change of content.
    var modificationTime: Timestamp {
        get {
            let bits = UInt64(seconds.high) << 32 | UInt64(seconds.low)
            return Timestamp(seconds: Int64(bitPattern: bits), nanoseconds: nanoseconds)
        }
        set {
            let bits = UInt64(bitPattern: newValue.seconds)
            seconds = (UInt32(truncatingIfNeeded: bits), UInt32(bits >> 32))
            nanoseconds = newValue.nanoseconds
        }
    }

    /// Starts with the owner 0, the time 0, and nothing else.
    init() {}
}
