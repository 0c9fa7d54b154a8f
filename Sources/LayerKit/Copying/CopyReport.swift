/// What was copied.
public struct CopyReport: Hashable, Sendable {
    /// The bytes of content.
    public let byteCount: Int64
    /// Where it went, for people; nil for the standard output.
    public let destination: String?
    /// What was passed over.
    public let warnings: [String]
}
