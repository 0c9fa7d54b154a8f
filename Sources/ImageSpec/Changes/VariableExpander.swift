/// Replaces variables, quotes and escapes in the words of an instruction as a shell does.
///
/// Source: buildkit `frontend/dockerfile/shell/lex.go`.
struct VariableExpander {
    private let variables: [(name: Substring, value: Substring)]
    private let escape: Unicode.Scalar

    /// Takes the variables.
    ///
    /// - Parameters:
    ///   - environment: Entries `NAME=value`; one without `=` is set and empty.
    ///   - escape: The escape character.
    init(environment: [String], escape: Unicode.Scalar) {
        variables = environment.map { entry in
            let name = ConfigMembers.name(of: entry)
            return (name, Substring(entry.utf8[name.endIndex...].dropFirst()))
        }
        self.escape = escape
    }

    /// Expands a text to one text.
    func text(_ text: String) throws(ChangeError.Reason) -> String {
        String(try expand(text).text)
    }

    /// Expands a text to words: what a variable holds falls apart at its white space, unless it is quoted.
    func words(_ text: String) throws(ChangeError.Reason) -> [String] {
        try expand(text).words
    }

    /// The value of a variable, the last one where it is there more than once; nil when it is not set.
    func value(_ name: String) -> String? {
        variables.last { $0.name.utf8.elementsEqual(name.utf8) }.map { String($0.value) }
    }

    private func expand(_ text: String) throws(ChangeError.Reason) -> ExpandedText {
        var scanner = ExpansionScanner(text, expander: self, escape: escape)
        do throws(ExpansionError) {
            return try scanner.expand()
        } catch { throw .substitution(text, error.description) }
    }
}
