/// One mount of a container: what stands at which place in it.
///
/// Source: moby `daemon/volume/mounts/mounts.go`, `MountPoint`; contract 3.9.
public struct ContainerMount: Hashable, Sendable {
    /// What is mounted.
    public var kind: MountKind
    /// The name of the volume or of the image as the user wrote it; nil for a bind and a tmpfs.
    public var name: String?
    /// The path on the host of a bind, absolute, or the ID of an image; empty for a tmpfs and a volume, whose store knows where it lies.
    public var source = ""
    /// The place in the container: absolute, without dots and doubled slashes, never the root.
    public var destination: String
    /// The driver of a volume; nil for all else.
    public var driver: String?
    /// What the user wrote as mode behind the last colon of `-v`; `z` for a volume of the usual driver without one, as with Docker.
    public var mode = ""
    /// Whether nothing may be written through it.
    public var isReadOnly = false
    /// How mounts below it spread between host and container, as `rprivate`; empty where there is nothing to choose.
    public var propagation = ""
    /// The directory inside of the volume or image that is mounted, relative; nil for all of it.
    public var subpath: String?
    /// Whether an empty volume stays empty instead of getting the files that the image has at this place.
    public var isCopyingDisabled = false
    /// What a bind does with the mounts below its source.
    public var recursion = BindRecursion.enabled
    /// The size of a tmpfs, in bytes; nil for the kernel's choice.
    public var tmpfsByteCount: Int64?
    /// The permission bits of a tmpfs' root; nil for 1777.
    public var tmpfsMode: UInt32?
    /// The options behind the colon of `--tmpfs`, separated by commas; nil for all that is not from there.
    public var tmpfsOptions: String?
    /// Whether the volume was made for this container, and nobody gave it a name.
    public var isAnonymous = false

    /// Makes a mount.
    ///
    /// - Parameters:
    ///   - kind: What is mounted.
    ///   - destination: The place in the container.
    public init(_ kind: MountKind, at destination: String) {
        self.kind = kind
        self.destination = destination
    }

    /// The number of components of the destination: what lies less deep is mounted first.
    public var depth: Int { destination.utf8.count { $0 == UInt8(ascii: "/") } }
}
