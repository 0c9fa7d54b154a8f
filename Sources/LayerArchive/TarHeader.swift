package import LayerModel

/// What a tar says of one entry besides its content.
package struct TarHeader: Sendable {
    /// The name as it is to stand in the tar, bytes; a directory gets a slash at its end.
    package var name: [UInt8]
    /// What the entry is; there are no sockets in a tar.
    package var kind: EntryKind
    /// Mode, owner, time and extended attributes.
    package var attributes: FileAttributes
    /// The target of a hard or symbolic link, bytes.
    package var linkName: [UInt8]
    /// The device that a device node stands for.
    package var device: DeviceNumber
    /// How many bytes of content follow; 0 for all kinds but files.
    package var byteCount: Int64
    /// Which file it is, and how many names it has, for the formats in which names of one file are told by that.
    package var file: (number: Int64, linkCount: UInt32) = (0, 1)

    /// Describes an entry.
    ///
    /// - Parameters:
    ///   - name: The name as it is to stand in the tar, bytes.
    ///   - kind: What the entry is.
    ///   - attributes: Mode, owner, time and extended attributes.
    ///   - linkName: The target of a link, bytes.
    ///   - device: The device that a device node stands for.
    ///   - byteCount: How many bytes of content follow.
    package init(
        name: [UInt8],
        kind: EntryKind,
        attributes: FileAttributes,
        linkName: [UInt8] = [],
        device: DeviceNumber = DeviceNumber(major: 0, minor: 0),
        byteCount: Int64 = 0
    ) {
        self.name = name
        self.kind = kind
        self.attributes = attributes
        self.linkName = linkName
        self.device = device
        self.byteCount = byteCount
    }
}
