public import LayerModel
import LayerSystem
import LayerTree

/// One name in a directory of a container or an image.
public struct ContainerFile: Hashable, Sendable {
    /// The name, bytes as they are; a path where the user named the file itself.
    public let name: [UInt8]
    /// What it is.
    public let kind: EntryKind
    /// Its attributes.
    public let attributes: FileAttributes
    /// The length of a regular file, in bytes.
    public let byteCount: Int64
    /// The target of a symbolic link.
    public let target: [UInt8]
    /// The number of a device node.
    public let device: DeviceNumber
    /// Equal for names of one file of the same tree; nil for a file with one name.
    public let link: FileLink?

    /// Which file several names lead to.
    public struct FileLink: Hashable, Sendable {
        let identity: FileIdentity
    }

    init(_ name: [UInt8], _ entry: TreeEntry) {
        self.name = name
        kind = entry.kind
        attributes = entry.attributes
        byteCount = entry.byteCount
        target = entry.target
        device = entry.device
        link = entry.link.map(FileLink.init)
    }
}
