public import LayerModel

/// A container or an image that is shown as a directory.
public struct MountDetails: Hashable, Sendable {
    /// What is shown.
    public enum Subject: Hashable, Sendable {
        /// A container.
        case container(ContainerID, name: String)
        /// An image.
        case image(ImageID)
    }

    /// What is shown.
    public let subject: Subject
    /// The directory, as bytes: the path by which this process gets there.
    public let path: [UInt8]
    /// What shows it: `overlay`, `userns`, `fuse` or `copy`.
    public let driver: String
    /// Whether nothing can be written.
    public let isReadOnly: Bool
    /// Why it is this driver, where one was chosen just now.
    public internal(set) var reason: String?
}
