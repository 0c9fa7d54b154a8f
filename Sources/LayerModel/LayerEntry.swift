/// One entry of a layer as the layer says it, in the order in which it says it.
public struct LayerEntry: Hashable, Sendable {
    /// The name as it is written, markers included, in canonical form.
    public var path: LayerPath
    /// What it is.
    public var kind: EntryKind
    /// Its attributes.
    public var attributes: FileAttributes
    /// The content of a regular file.
    public var content: [UInt8]
    /// A symbolic link's target, as it is written.
    public var target: [UInt8]
    /// A hard link's other name.
    public var linkedPath: LayerPath
    /// A device's number.
    public var device: DeviceNumber

    /// Makes an entry; what a kind does not have is left out.
    public init(
        _ path: LayerPath,
        _ kind: EntryKind,
        attributes: FileAttributes,
        content: [UInt8] = [],
        target: [UInt8] = [],
        linkedPath: LayerPath = .root,
        device: DeviceNumber = DeviceNumber(major: 0, minor: 0)
    ) {
        self.path = path
        self.kind = kind
        self.attributes = attributes
        self.content = content
        self.target = target
        self.linkedPath = linkedPath
        self.device = device
    }
}
