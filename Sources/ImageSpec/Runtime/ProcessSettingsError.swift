/// What somebody wants of a process makes no sense.
public struct ProcessSettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One line.
    public let description: String

    /// Takes the line.
    public init(_ description: String) {
        self.description = description
    }
}
