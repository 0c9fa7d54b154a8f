package import LayerModel

/// One mount of a process' mount namespace.
///
/// Source: `man 5 proc_pid_mountinfo`.
package struct MountEntry: Hashable, Sendable {
    /// The mount's number.
    package let id: Int
    /// The number of the mount that it stands on.
    package let parentID: Int
    /// The file system's device.
    package let device: DeviceNumber
    /// Which directory of the file system is shown.
    package let root: [UInt8]
    /// Where it is shown, seen from the process' root.
    package let mountPoint: [UInt8]
    /// The options of the mount (`rw`, `nosuid`).
    package let options: [UInt8]
    /// How it shares with others (`shared:2`, `master:1`); mostly none.
    package let propagation: [[UInt8]]
    /// The type of the file system.
    package let typeName: [UInt8]
    /// What is mounted: a device, or a name the mounter chose.
    package let source: [UInt8]
    /// The options of the file system (`lowerdir=…`).
    package let fileSystemOptions: [UInt8]
}
