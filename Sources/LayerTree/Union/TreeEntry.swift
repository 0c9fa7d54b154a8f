package import LayerModel
package import LayerSystem

/// What stands at one name of a tree: of a container, of an image or of the host.
package struct TreeEntry: Sendable {
    /// What it is; never `hardLink`.
    package var kind: EntryKind
    /// Its attributes, owners as the container has them.
    package var attributes: FileAttributes
    /// The length of a regular file, in bytes; 0 for all else.
    package var byteCount: Int64
    /// The target of a symbolic link; empty for all else.
    package var target: [UInt8]
    /// The number of a device node.
    package var device: DeviceNumber
    /// Which file it is, where it may have several names.
    package var link: FileIdentity?

    /// Makes an entry; what a kind does not have is left out.
    package init(
        kind: EntryKind,
        attributes: FileAttributes,
        byteCount: Int64 = 0,
        target: [UInt8] = [],
        device: DeviceNumber = DeviceNumber(major: 0, minor: 0),
        link: FileIdentity? = nil
    ) {
        self.kind = kind
        self.attributes = attributes
        self.byteCount = byteCount
        self.target = target
        self.device = device
        self.link = link
    }
}

extension TreeEntry {
    init(_ state: ChangedState) {
        self.init(
            kind: state.kind,
            attributes: state.attributes,
            byteCount: state.byteCount,
            target: state.target,
            device: state.device,
            link: state.link
        )
    }
}
