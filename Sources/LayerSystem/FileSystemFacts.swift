internal import CLinux
internal import Glibc

/// What a file system is, and how much room it has.
package struct FileSystemFacts: Hashable, Sendable {
    /// The type's name as mount(8) writes it (`ext4`, `xfs`, `btrfs`, `tmpfs`, `overlay`), or `0x…` for one that is not known here.
    package let typeName: String
    /// The size, in bytes.
    package let byteCount: Int64
    /// What an ordinary user may still use, in bytes.
    package let availableByteCount: Int64
    /// How many files there can be; 0 where there is no such limit.
    package let inodeCount: UInt64
    /// How many files more there can be; 0 where there is no such limit.
    package let freeInodeCount: UInt64

    init(_ facts: cl_file_system) {
        typeName = Self.name(ofType: facts.type)
        byteCount = Self.product(facts.block_count, facts.block_byte_count)
        availableByteCount = Self.product(facts.available_block_count, facts.block_byte_count)
        inodeCount = facts.inode_count
        freeInodeCount = facts.free_inode_count
    }

    /// A product that stops at the largest number: network file systems report such sizes.
    private static func product(_ count: UInt64, _ unit: UInt64) -> Int64 {
        let (value, overflows) = count.multipliedReportingOverflow(by: unit)
        return overflows ? .max : Int64(clamping: value)
    }

    /// Names a type.
    ///
    /// Source: `linux/magic.h`, `man 2 statfs`.
    static func name(ofType type: UInt64) -> String {
        switch type {
        case 0xEF53: "ext4"
        case 0x5846_5342: "xfs"
        case 0x9123_683E: "btrfs"
        case 0x0102_1994: "tmpfs"
        case 0x8584_58F6: "ramfs"
        case 0x794C_7630: "overlay"
        case 0x2FC1_2FC1: "zfs"
        case 0x6969: "nfs"
        case 0x6573_5546: "fuse"
        case 0xF2F5_2010: "f2fs"
        case 0xCA45_1A4E: "bcachefs"
        case 0x4D44: "vfat"
        case 0x2011_BAB0: "exfat"
        case 0x5346_544E: "ntfs"
        case 0x7366_746E: "ntfs3"
        case 0xFF53_4D42: "cifs"
        case 0xFE53_4D42: "smb2"
        case 0x0102_1997: "9p"
        case 0x7371_7368: "squashfs"
        case 0xE0F5_E1E2: "erofs"
        case 0x9660: "iso9660"
        case 0xF15F: "ecryptfs"
        case 0x6163_6673: "aufs"
        case 0x9FA0: "proc"
        case 0x00C3_6400: "ceph"
        case 0x0BD0_0BD0: "lustre"
        case 0x4750_4653: "gpfs"
        case 0x0116_1970: "gfs2"
        case 0x7461_636F: "ocfs2"
        case 0x5265_4973: "reiserfs"
        case 0x3153_464A: "jfs"
        default: "0x" + String(type, radix: 16)
        }
    }
}

extension Directory {
    /// What the file system under this directory is, and how much room it has.
    package func fileSystemFacts() throws(SystemError) -> FileSystemFacts {
        var facts = cl_file_system()
        try SystemCall.run("statfs", label) { unsafe cl_fstatfs(descriptor.rawValue, &facts) }
        return FileSystemFacts(facts)
    }
}
