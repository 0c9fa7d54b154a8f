/// How a container or an image is to be mounted.
public struct MountOptions: Sendable {
    /// `auto`, `overlay`, `userns`, `fuse` or `copy`.
    public var driver = "auto"
    /// Whether nothing is to be written; an image is never written.
    public var isReadOnly = false

    /// Asks for the best driver and a mount that can be written.
    public init() {}
}
