/// What stands behind `name=` in a filter: a regular expression that may be met anywhere in a name, as with Docker.
///
/// Source: moby `api/types/filters/parse.go`, `Match`: what is no expression is a name, and is met by that name alone.
struct NamePattern {
    private let text: String
    private let expression: Regex<AnyRegexOutput>?

    /// Reads it.
    init(_ text: String) {
        self.text = text
        expression = try? Regex(text)  // reason: what is no expression is a name, see above
    }

    /// Whether a name meets it.
    func accepts(_ name: String) -> Bool {
        name == text || expression.map { name.contains($0) } ?? false
    }
}
