/// What is mounted at a place in a container.
///
/// Source: moby `api/types/mount/mount.go`, `Type`.
public enum MountKind: String, Hashable, Sendable, CaseIterable {
    /// A directory that the store keeps outside every layer.
    case volume
    /// A file or a directory of the host.
    case bind
    /// An empty directory in memory.
    case tmpfs
    /// The files of an image, to be read only.
    case image
}
