/// What a bind mount does with the mounts below its source.
///
/// Source: docker/cli `docs/reference/commandline/container_run.md`, "bind-recursive".
public enum BindRecursion: String, Hashable, Sendable, CaseIterable {
    /// They come along; of a read-only mount they are read-only as well where the kernel can do it.
    case enabled
    /// They stay behind.
    case disabled
    /// They come along and stay as they are, also where the mount itself is read-only.
    case writable
    /// They come along and are read-only, or it is an error.
    case readonly
}
