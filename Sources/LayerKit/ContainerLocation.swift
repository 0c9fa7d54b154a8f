/// Where a container's directories lie in the store.
public struct ContainerLocation: Sendable {
    /// The lower directories of an overlay that shows the container, the topmost first.
    public let lowerPaths: [String]
    /// The container's own layer.
    public let upperPath: String
    /// What overlayfs needs beside that.
    public let workPath: String
    /// Where the container is mounted when no other place is named.
    public let mergedPath: String
}
