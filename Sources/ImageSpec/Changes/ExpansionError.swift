/// Why variables in a word cannot be replaced.
enum ExpansionError: Error, Hashable, Sendable {
    case missingBrace
    case missingSlash
    case missingQuote(String)
    case badSubstitution
    case unsupportedModifier(String)
    /// A variable is unset or empty where the word demands that it is neither.
    case demanded(name: String, message: String)
    case patternEscape(String)
}

extension ExpansionError: CustomStringConvertible {
    /// The reason, in the words of Docker's builder.
    var description: String {
        switch self {
        case .missingBrace: "syntax error: missing '}'"
        case .missingSlash: "syntax error: missing '/' in ${}"
        case .missingQuote(let kind): "unexpected end of statement while looking for matching \(kind)-quote"
        case .badSubstitution: "syntax error: bad substitution"
        case .unsupportedModifier(let modifier): "unsupported modifier (\(modifier)) in substitution"
        case .demanded(let name, let message): "\(name): \(message)"
        case .patternEscape(let escape): "invalid escape '\(escape)' in a pattern"
        }
    }
}
