public import LayerModel

/// What an image's config says of one step that made it.
///
/// Source: OCI image-spec `config.md`, "history".
public struct HistoryEntry: Hashable, Sendable {
    /// The time as it is written, if it is.
    public let createdText: String?
    /// The command.
    public let createdBy: String?
    /// Who made the step.
    public let author: String?
    /// A free text.
    public let comment: String?
    /// Whether the step made no layer.
    public let isEmptyLayer: Bool

    /// Makes an entry.
    ///
    /// - Parameters:
    ///   - createdText: The time in the form of RFC 3339.
    ///   - createdBy: The command.
    ///   - author: Who made the step.
    ///   - comment: A free text.
    ///   - isEmptyLayer: Whether the step made no layer.
    public init(
        createdText: String? = nil,
        createdBy: String? = nil,
        author: String? = nil,
        comment: String? = nil,
        isEmptyLayer: Bool = false
    ) {
        self.createdText = createdText
        self.createdBy = createdBy
        self.author = author
        self.comment = comment
        self.isEmptyLayer = isEmptyLayer
    }

    init(_ node: SpecNode) throws(SpecError) {
        self.init(
            createdText: try node.text("created"),
            createdBy: try node.text("created_by"),
            author: try node.text("author"),
            comment: try node.text("comment"),
            isEmptyLayer: try node.member("empty_layer")?.bool() ?? false
        )
    }

    /// The time; nil when none is given or the text names none.
    public var created: Timestamp? { createdText.flatMap { Timestamp(rfc3339: $0) } }
}
