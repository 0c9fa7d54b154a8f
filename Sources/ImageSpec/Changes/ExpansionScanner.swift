/// Walks over a word and expands it.
struct ExpansionScanner {
    private let expander: VariableExpander
    private let escape: Unicode.Scalar
    private var rest: ChangeText.Scalars

    init(_ word: String, expander: VariableExpander, escape: Unicode.Scalar) {
        rest = word.unicodeScalars[...]
        self.expander = expander
        self.escape = escape
    }

    /// Expands up to the end.
    mutating func expand() throws(ExpansionError) -> ExpandedText {
        try expand(upTo: nil, keepsEscapes: false)
    }

    /// Expands up to a character, which is taken too.
    ///
    /// - Parameters:
    ///   - stop: The character; nil for the end.
    ///   - keepsEscapes: Whether escapes stay before what they escape, as a pattern needs them.
    /// - Returns: What stands before the character, expanded.
    /// - Throws: When the character, a quote or a brace is missing, or a variable cannot be replaced.
    private mutating func expand(
        upTo stop: Unicode.Scalar?,
        keepsEscapes: Bool
    ) throws(ExpansionError) -> ExpandedText {
        var expanded = ExpandedText()
        while let scalar = rest.popFirst() {
            if scalar == stop { return expanded }
            switch scalar {
            case "'": expanded.appendQuoted(try singleQuoted())
            case "\"": expanded.appendQuoted(try doubleQuoted(keepsEscapes: keepsEscapes))
            case "$":
                for scalar in try variable() { expanded.append(scalar) }
            case escape:
                if keepsEscapes { expanded.appendQuoted(scalar) }
                if let next = rest.popFirst() { expanded.appendQuoted(next) }
            default: expanded.append(scalar)
            }
        }
        guard stop == nil else { throw stop == "/" ? .missingSlash : .missingBrace }
        return expanded
    }

    private mutating func singleQuoted() throws(ExpansionError) -> String.UnicodeScalarView {
        let quoted = rest.prefix { $0 != "'" }
        guard quoted.endIndex < rest.endIndex else { throw .missingQuote("single") }
        rest = rest[quoted.endIndex...].dropFirst()
        return String.UnicodeScalarView(quoted)
    }

    private mutating func doubleQuoted(keepsEscapes: Bool) throws(ExpansionError) -> String.UnicodeScalarView {
        var quoted = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"": return quoted
            case "$": quoted.append(contentsOf: try variable())
            case escape:
                if keepsEscapes { quoted.append(scalar) }
                // Only these can be escaped between quotes; before others it is a character as any.
                if let next = rest.first, next == "\"" || next == "$" || next == escape {
                    quoted.append(next)
                    rest.removeFirst()
                } else if !rest.isEmpty {
                    quoted.append(scalar)
                }
            default: quoted.append(scalar)
            }
        }
        throw .missingQuote("double")
    }

    /// What stands behind a `$`.
    private mutating func variable() throws(ExpansionError) -> String.UnicodeScalarView {
        guard rest.first == "{" else {
            let name = takeName()
            return (name.isEmpty ? "$" : expander.value(name) ?? "").unicodeScalars
        }
        rest.removeFirst()
        switch rest.first {
        case nil: throw .missingBrace
        case "{", "}", ":": throw .badSubstitution
        default: break
        }
        let name = takeName()
        guard let modifier = rest.popFirst() else { throw .missingBrace }
        switch modifier {
        case "}": return (expander.value(name) ?? "").unicodeScalars
        case ":":
            guard let second = rest.popFirst() else { throw .missingBrace }
            guard second == "-" || second == "+" || second == "?" else { throw .unsupportedModifier(":\(second)") }
            return try alternative(to: name, second, emptyIsUnset: true)
        case "-", "+", "?": return try alternative(to: name, modifier, emptyIsUnset: false)
        case "#", "%": return try trimmed(name, isPrefix: modifier == "#")
        case "/": return try replaced(name)
        default: throw .unsupportedModifier(String(modifier))
        }
    }

    /// The rest of `${name-word}`, `${name+word}` and `${name?word}`.
    private mutating func alternative(
        to name: String,
        _ modifier: Unicode.Scalar,
        emptyIsUnset: Bool
    ) throws(ExpansionError) -> String.UnicodeScalarView {
        let word = try expand(upTo: "}", keepsEscapes: false).text
        let value = expander.value(name)
        let isSet = value != nil && !(emptyIsUnset && value == "")
        switch modifier {
        case "-": return isSet ? (value ?? "").unicodeScalars : word
        case "+": return isSet ? word : String.UnicodeScalarView()
        default:
            guard isSet else {
                let message = "is not allowed to be \(value == nil ? "unset" : "empty")"
                throw .demanded(name: name, message: word.isEmpty ? message : String(word))
            }
            return (value ?? "").unicodeScalars
        }
    }

    /// The rest of `${name#pattern}`, `${name##pattern}`, `${name%pattern}` and `${name%%pattern}`.
    private mutating func trimmed(_ name: String, isPrefix: Bool) throws(ExpansionError) -> String.UnicodeScalarView {
        var pattern = try expand(upTo: "}", keepsEscapes: true).text[...]
        let isLongest = pattern.first == (isPrefix ? "#" : "%")
        if isLongest { pattern.removeFirst() }
        let value = Array((expander.value(name) ?? "").unicodeScalars)
        let trimmed = try WildcardPattern(pattern).trim(value, isPrefix: isPrefix, isLongest: isLongest)
        return String.UnicodeScalarView(trimmed)
    }

    /// The rest of `${name/pattern/text}` and `${name//pattern/text}`.
    private mutating func replaced(_ name: String) throws(ExpansionError) -> String.UnicodeScalarView {
        let replacesAll = rest.first == "/"
        if replacesAll { rest.removeFirst() }
        let pattern = try expand(upTo: "/", keepsEscapes: true).text
        let replacement = try expand(upTo: "}", keepsEscapes: true).text
        let value = Array((expander.value(name) ?? "").unicodeScalars)
        let wildcards = try WildcardPattern(pattern[...])
        return String.UnicodeScalarView(wildcards.replace(in: value, with: Array(replacement), isAll: replacesAll))
    }

    /// Takes a variable's name: letters, digits and `_`, or digits alone, or one special character.
    private mutating func takeName() -> String {
        guard let first = rest.first else { return "" }
        if "@*#?-$!0".unicodeScalars.contains(first), first != "0" {
            rest.removeFirst()
            return String(first)
        }
        let name = Self.isDigit(first) ? rest.prefix(while: Self.isDigit) : rest.prefix(while: Self.isNamePart)
        rest = rest[name.endIndex...]
        return String(name)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .decimalNumber
    }

    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber: true
        default: scalar == "_"
        }
    }
}
