package import LayerModel

/// What a reader says of an entry.
@safe struct TarFields {
    var kind = EntryKind.regular
    var mode: UInt16 = 0
    var uid: UInt32 = 0
    var gid: UInt32 = 0
    var modificationTime = Timestamp(seconds: 0)
    var byteCount: Int64 = 0
    var device = DeviceNumber(major: 0, minor: 0)
    var name = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    var linkName = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
}

extension TarReader {
    /// What the entry is.
    package var kind: EntryKind { fields.kind }
    /// Permission bits with setuid, setgid and sticky.
    package var mode: UInt16 { fields.mode }
    /// The owner's number.
    package var uid: UInt32 { fields.uid }
    /// The group's number.
    package var gid: UInt32 { fields.gid }
    /// The time of the last change; what is no number counts as 0, a fraction is cut after nine digits.
    package var modificationTime: Timestamp { fields.modificationTime }
    /// The length of the file in bytes, holes included; 0 for all other kinds.
    package var byteCount: Int64 { fields.byteCount }
    /// The device that a device node stands for.
    package var device: DeviceNumber { fields.device }
    /// The name, byte for byte as the archive has it; valid until the next entry.
    package var name: UnsafeBufferPointer<UInt8> { unsafe fields.name }
    /// The target of a hard or symbolic link, byte for byte as the archive has it, else empty; valid until the next entry.
    package var linkName: UnsafeBufferPointer<UInt8> { unsafe fields.linkName }
}
