/// A literal that secrets of one kind have, and what must stand around it.
struct SecretPattern: Sendable {
    /// What stands around a literal that makes it a secret.
    struct Hit {
        /// Where the secret stands: what tells it apart, and is never shown.
        let secret: Range<Int>
        /// What it is.
        var name: String
        /// How it is shown; nil for the masked secret.
        var shown: String?
        /// How much it matters; nil for what the rule says.
        var severity: AuditSeverity?
    }

    /// The most bytes before a literal that decide.
    static let lookBehind = 64
    /// The most bytes from the start of a literal that decide.
    static let lookAhead = 4096

    /// The rule.
    let rule: AuditRule
    /// The literal, four bytes at least.
    let literal: [UInt8]
    /// Looks around a literal that begins at a place.
    let look: @Sendable (ByteWindow, Int) -> Hit?

    init(_ rule: AuditRule, _ literal: String, _ look: @escaping @Sendable (ByteWindow, Int) -> Hit?) {
        self.rule = rule
        self.literal = Array(literal.utf8)
        self.look = look
    }

    /// All patterns.
    static let standard = tokens + keys + cloudKeys + webTokens + urlPasswords
}
