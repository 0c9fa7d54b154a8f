/// Something that an audit looks for.
public struct AuditRule: Hashable, Sendable {
    /// What scripts call it; it stays the same from version to version.
    public let id: String
    /// How much a finding matters, where the finding itself says nothing else.
    public let severity: AuditSeverity
    /// What is looked for, in a sentence.
    public let summary: String

    init(_ id: String, _ severity: AuditSeverity, _ summary: String) {
        self.id = id
        self.severity = severity
        self.summary = summary
    }

    /// All rules, by their names.
    public static let all = (configRules + fileRules + secretRules + sizeRules).sorted { $0.id < $1.id }

    /// Finds a rule.
    ///
    /// - Parameter id: Its name.
    /// - Returns: The rule; nil where there is none of that name.
    public static func named(_ id: String) -> AuditRule? { all.first { $0.id == id } }
}
