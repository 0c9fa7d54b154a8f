/// A secret that was found in bytes.
package struct SecretMatch: Hashable, Sendable {
    /// The rule that found it.
    package let rule: AuditRule
    /// How much it matters.
    package let severity: AuditSeverity
    /// What it is, with the secret masked.
    package let detail: String
    /// Where it begins, in bytes from the start of the file; 0 where that says nothing.
    package var offset: Int64 = 0
    /// The secret itself, so that it can be taken out of texts; never to be shown.
    var secret: [UInt8] = []
}
