internal import LayerModel
internal import LayerSystem

/// A mount of an overlay that is there now, as the mount table of some process tells it.
package struct MountedPlace: Hashable, Sendable {
    /// Where it is shown, as the namespace that it is in names the place.
    package let mountPoint: [UInt8]
    /// The process in whose namespace it is, or nil for the one that this process is in.
    package let processID: Int32?
    /// Whether that process does nothing but keep the mount.
    package let isKept: Bool
    /// Whether fuse-overlayfs shows it rather than the kernel.
    package let isFuse: Bool
    /// Whether nothing can be written.
    package let isReadOnly: Bool
    /// The upper directory; nil for a mount that only shows, and where neither the mount table nor the program tells it.
    package internal(set) var upper: [UInt8]?
    /// The options of the file system, which name the layers that are shown where their paths were given.
    package let fileSystemOptions: [UInt8]

    /// The path by which this process gets there: through /proc for another namespace.
    ///
    /// The kernel lets the user in who owns that namespace. Source: man 5 proc_pid_root.
    package var path: [UInt8] {
        guard let processID else { return mountPoint }
        return "/proc/\(processID)/root".utf8 + mountPoint
    }

    /// Reads an entry of a mount table; gives nil for what is no overlay.
    init?(_ entry: MountEntry, processID: Int32?, isKept: Bool) {
        let isFuse = entry.typeName == FuseMounter.typeName
        guard isFuse || entry.typeName.elementsEqual("overlay".utf8) else { return nil }
        mountPoint = entry.mountPoint
        self.processID = processID
        self.isKept = isKept
        self.isFuse = isFuse
        isReadOnly = entry.isReadOnly
        fileSystemOptions = entry.fileSystemOptions
        let upper = entry.fileSystemOption("upperdir")
        let isDescriptor = upper?.starts(with: "/proc/self/fd/".utf8) ?? false
        // Then the source has the path, where it fits (`MountPlan.source`).
        self.upper = isDescriptor ? (entry.source.first == UInt8(ascii: "/") ? entry.source : nil) : upper
    }

    /// Whether another look at the same place found the same mount; what a program would have to be asked for does not count.
    func isSameMount(as other: MountedPlace) -> Bool {
        var copy = self
        copy.upper = isFuse ? other.upper : upper
        return copy == other
    }
}
