public import LayerModel

/// What the history of an image says of the commit that made it.
public struct CommitStep: Hashable, Sendable {
    /// When it was made.
    public let created: Timestamp
    /// The command that the container ran.
    public let createdBy: String?
    /// Who made it.
    public let author: String?
    /// A free text.
    public let comment: String?

    /// Makes a step; empty texts count as none.
    ///
    /// - Parameters:
    ///   - created: When it was made.
    ///   - createdBy: The command that the container ran, its words joined by spaces.
    ///   - author: Who made it.
    ///   - comment: A free text.
    public init(created: Timestamp, createdBy: String? = nil, author: String? = nil, comment: String? = nil) {
        self.created = created
        self.createdBy = createdBy == "" ? nil : createdBy
        self.author = author == "" ? nil : author
        self.comment = comment == "" ? nil : comment
    }
}
