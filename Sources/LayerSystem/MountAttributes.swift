internal import CLinux

/// What a mount refuses, whatever the files on it say.
package struct MountAttributes: OptionSet, Hashable, Sendable {
    /// One bit each.
    package let rawValue: UInt8

    /// Nothing can be written.
    package static let readOnly = MountAttributes(rawValue: 1)
    /// Programs do not run with the rights of their owner or with capabilities.
    package static let noSetUserID = MountAttributes(rawValue: 2)
    /// Device nodes cannot be opened.
    package static let noDevices = MountAttributes(rawValue: 4)

    /// Makes a set of bits.
    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The names that mount(8) takes: `ro`, `nosuid`, `nodev`.
    package var names: [String] {
        [(MountAttributes.readOnly, "ro"), (.noSetUserID, "nosuid"), (.noDevices, "nodev")]
            .filter { contains($0.0) }.map(\.1)
    }

    /// The bits that `fsmount(2)` takes.
    var detachedBits: CUnsignedInt {
        (contains(.readOnly) ? cl_mount_attr_rdonly : 0) | (contains(.noSetUserID) ? cl_mount_attr_nosuid : 0)
            | (contains(.noDevices) ? cl_mount_attr_nodev : 0)
    }

    /// The bits that `mount(2)` takes.
    var classicBits: CUnsignedLong {
        (contains(.readOnly) ? cl_ms_rdonly : 0) | (contains(.noSetUserID) ? cl_ms_nosuid : 0)
            | (contains(.noDevices) ? cl_ms_nodev : 0)
    }
}
