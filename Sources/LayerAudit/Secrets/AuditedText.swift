/// A text of a config or a history, with the secrets in it.
package struct AuditedText: Sendable {
    /// What patterns found.
    package let matches: [SecretMatch]
    /// What the names of variables and options said.
    package let named: [NamedSecrets.Found]
    /// The text with every secret masked.
    package let redacted: String

    /// Looks through a command, or at one variable.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - isVariable: Whether the whole of it is `NAME=value`.
    package init(_ text: String, isVariable: Bool = false) {
        let matches = SecretScanner().matches(in: text.utf8)
        var named = isVariable ? NamedSecrets.variable(text).map { [$0] } ?? [] : NamedSecrets.command(text)
        // What a pattern knows has the better name.
        named.removeAll { found in matches.contains { Self.contains($0.secret, found.secret) } }
        self.matches = matches
        self.named = named
        redacted = Self.redact(text, matches, named)
    }

    private static func contains(_ secret: [UInt8], _ value: String) -> Bool {
        let text = String(decoding: secret, as: UTF8.self)
        return value.contains(text) || text.contains(value)
    }

    private static func redact(_ text: String, _ matches: [SecretMatch], _ named: [NamedSecrets.Found]) -> String {
        guard !matches.isEmpty || !named.isEmpty else { return text }
        // Of a key the first line alone is known here: all behind it goes.
        let start = matches.first { $0.rule == .privateKey }.map { $0.offset }
        var shown = start.map { String(decoding: text.utf8.prefix(Int($0)), as: UTF8.self) + "****" } ?? text
        let secrets = matches.map { String(decoding: $0.secret, as: UTF8.self) } + named.map(\.secret)
        for secret in secrets.sorted(by: { $0.utf8.count > $1.utf8.count }) where !secret.isEmpty {
            shown = shown.replacing(secret, with: SecretText.masked(Array(secret.utf8)))
        }
        return shown
    }
}
