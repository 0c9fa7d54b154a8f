internal import CLinux
package import LayerModel

/// What the file system knows of one file, without its content.
///
/// Source: `man 7 inode`.
package struct FileStatus: Hashable, Sendable {
    /// What the file is; never `.hardLink`.
    package let kind: EntryKind
    /// Permission bits with setuid, setgid and sticky: 12 bits.
    package let mode: UInt16
    /// The owner's number.
    package let uid: UInt32
    /// The group's number.
    package let gid: UInt32
    /// The size: bytes of content, or of a symbolic link's target.
    package let byteCount: Int64
    /// What the file takes on the device, in bytes; less than `byteCount` when it has holes.
    package let allocatedByteCount: Int64
    /// How many names the file has.
    package let linkCount: UInt64
    /// Which file it is, among all of the host.
    package let identity: FileIdentity
    /// The device that a device node stands for.
    package let nodeDevice: DeviceNumber
    /// The time of the last change of content.
    package let modificationTime: Timestamp
    /// The time of the last change of content or attributes.
    package let changeTime: Timestamp

    init(_ status: cl_status) {
        kind = Self.kind(ofMode: status.mode)
        mode = UInt16(status.mode & 0o7777)
        uid = status.uid
        gid = status.gid
        byteCount = status.byte_count
        allocatedByteCount = status.allocated_byte_count
        linkCount = status.link_count
        identity = FileIdentity(device: status.device, inode: status.inode)
        nodeDevice = DeviceNumber(major: status.node_major, minor: status.node_minor)
        modificationTime = Timestamp(
            seconds: status.modification_seconds,
            nanoseconds: status.modification_nanoseconds
        )
        changeTime = Timestamp(seconds: status.change_seconds, nanoseconds: status.change_nanoseconds)
    }

    /// The kind that the upper bits of a mode say.
    ///
    /// Source: `man 7 inode`, "The file type and mode".
    private static func kind(ofMode mode: UInt32) -> EntryKind {
        switch mode & 0o170000 {
        case 0o040000: .directory
        case 0o120000: .symbolicLink
        case 0o020000: .characterDevice
        case 0o060000: .blockDevice
        case 0o010000: .fifo
        case 0o140000: .socket
        default: .regular
        }
    }
}

extension FileStatus {
    /// Whether this is overlayfs' mark for a removed name: the character device 0:0.
    package var isWhiteout: Bool {
        kind == .characterDevice && nodeDevice == DeviceNumber(major: 0, minor: 0)
    }
}
