/// What a layer says of an entry besides its name and content.
///
/// Source: OCI image-spec `layer.md`, section "File Attributes".
public struct FileAttributes: Hashable, Sendable {
    /// Permission bits with setuid, setgid and sticky: the low 12 bits.
    public var mode: UInt16
    /// The owner's number.
    public var uid: UInt32
    /// The group's number.
    public var gid: UInt32
    /// The time of the last change of content.
    public var modificationTime: Timestamp
    /// The extended attributes, in the order in which they were given.
    public var extendedAttributes: [ExtendedAttribute]

    /// Makes a set of attributes.
    ///
    /// - Parameters:
    ///   - mode: Permission bits; only the low 12 are kept.
    ///   - uid: The owner's number.
    ///   - gid: The group's number.
    ///   - modificationTime: The time of the last change of content.
    ///   - extendedAttributes: The extended attributes.
    public init(
        mode: UInt16,
        uid: UInt32 = 0,
        gid: UInt32 = 0,
        modificationTime: Timestamp = Timestamp(seconds: 0),
        extendedAttributes: [ExtendedAttribute] = []
    ) {
        self.mode = mode & 0o7777
        self.uid = uid
        self.gid = gid
        self.modificationTime = modificationTime
        self.extendedAttributes = extendedAttributes
    }
}
