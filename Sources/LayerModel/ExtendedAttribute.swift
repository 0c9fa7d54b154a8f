/// One extended attribute: a name with its namespace, and a value, both bytes.
public struct ExtendedAttribute: Hashable, Sendable {
    /// The full name (`user.key`, `security.capability`).
    public let name: [UInt8]
    /// The value as the file system holds it.
    public let value: [UInt8]

    /// Makes an attribute.
    public init(name: [UInt8], value: [UInt8]) {
        self.name = name
        self.value = value
    }
}
