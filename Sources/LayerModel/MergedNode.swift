/// One name in the tree that a stack of layers means.
public struct MergedNode: Hashable, Sendable {
    /// What stands at the name; never `hardLink`.
    public var kind: EntryKind
    /// Its attributes.
    public var attributes: FileAttributes
    /// The content of a regular file.
    public var content: [UInt8]
    /// A symbolic link's target.
    public var target: [UInt8]
    /// A device's number.
    public var device: DeviceNumber
    /// Equal for two names of one inode, different otherwise.
    public var inode: Int
    /// The layer that the node comes from, counted from the lowest, 0.
    public var layer: Int
}
