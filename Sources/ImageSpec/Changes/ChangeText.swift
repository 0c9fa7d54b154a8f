/// How the text of instructions falls into words.
///
/// Source: buildkit `frontend/dockerfile/parser/line_parsers.go` (`parseWords`).
enum ChangeText {
    typealias Scalars = Substring.UnicodeScalarView

    /// Whether a character parts a name from what follows; fewer count than at a line's ends.
    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\t", "\u{B}", "\u{C}", "\r", " ": true
        default: false
        }
    }

    static func trimmedAtStart(_ text: Scalars) -> Scalars {
        text.drop { $0.properties.isWhitespace }
    }

    static func trimmed(_ text: Scalars) -> Scalars {
        var text = trimmedAtStart(text)
        while let last = text.last, last.properties.isWhitespace { text.removeLast() }
        return text
    }

    /// Parts a text at its first blanks; no rest when there are none.
    static func splitAtBlanks(_ text: Scalars) -> (first: Scalars, rest: Scalars?) {
        let first = text.prefix { !isBlank($0) }
        guard first.endIndex < text.endIndex else { return (first, nil) }
        return (first, text[first.endIndex...].drop(while: isBlank))
    }

    /// Parts a text at its white space where that is not quoted; quotes and escapes stay in the words.
    static func words(_ text: Scalars, escape: Unicode.Scalar) -> [String] {
        var words: [String] = []
        var rest = trimmedAtStart(text)
        while !rest.isEmpty {
            let word = takeWord(from: &rest, escape: escape)
            if !word.isEmpty { words.append(String(word)) }
            rest = trimmedAtStart(rest)
        }
        return words
    }

    private static func takeWord(from rest: inout Scalars, escape: Unicode.Scalar) -> String.UnicodeScalarView {
        var word = String.UnicodeScalarView()
        var quote: Unicode.Scalar?
        while let scalar = rest.first {
            if quote == nil, scalar.properties.isWhitespace { break }
            rest.removeFirst()
            if scalar == escape, quote != "'" {
                // An escape at the very end is dropped; elsewhere it keeps what follows from being a quote or a blank.
                guard let next = rest.popFirst() else { break }
                word.append(scalar)
                word.append(next)
                continue
            }
            if let open = quote {
                if scalar == open { quote = nil }
            } else if scalar == "'" || scalar == "\"" {
                quote = scalar
            }
            word.append(scalar)
        }
        return word
    }
}
