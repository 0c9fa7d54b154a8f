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

extension MountEntry {
    /// The value of an option of the file system, or nil when it has none such.
    ///
    /// - Parameter name: The option's name (`upperdir`).
    /// - Returns: The value as the file system writes it; a value with commas cannot be told from several options, and is cut.
    package func fileSystemOption(_ name: String) -> [UInt8]? {
        let start = Array(name.utf8) + [UInt8(ascii: "=")]
        return fileSystemOptions.split(separator: UInt8(ascii: ",")).first { $0.starts(with: start) }
            .map { Array($0.dropFirst(start.count)) }
    }

    /// Whether nothing can be written through this mount.
    package var isReadOnly: Bool {
        options.split(separator: UInt8(ascii: ",")).contains { $0.elementsEqual("ro".utf8) }
    }
}
