/// A pattern in which `?` stands for one character and `*` for any number of them, no line feed among them.
struct WildcardPattern {
    private enum Token: Equatable {
        case character(Unicode.Scalar)
        case anyCharacter
        case anyText
    }

    private let tokens: [Token]

    /// Reads a pattern.
    ///
    /// - Parameter text: `\` escapes `*`, `?`, `\`, `}` and `/`.
    /// - Throws: When something else is escaped.
    init(_ text: ChangeText.Scalars) throws(ExpansionError) {
        var tokens: [Token] = []
        var rest = text
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*":
                if tokens.last != .anyText { tokens.append(.anyText) }
            case "?": tokens.append(.anyCharacter)
            case "\\":
                guard let next = rest.popFirst(), "*?\\}/".unicodeScalars.contains(next) else {
                    throw .patternEscape(String(text))
                }
                tokens.append(.character(next))
            default: tokens.append(.character(scalar))
            }
        }
        self.tokens = tokens
    }

    /// Takes what matches off one end of a text.
    func trim(_ text: [Unicode.Scalar], isPrefix: Bool, isLongest: Bool) -> [Unicode.Scalar] {
        let text = isPrefix ? text : text.reversed()
        let lengths = matchLengths(isPrefix ? tokens : tokens.reversed(), text[...])
        guard let length = isLongest ? lengths.last : lengths.first else { return isPrefix ? text : text.reversed() }
        let rest = text.dropFirst(length)
        return isPrefix ? Array(rest) : rest.reversed()
    }

    /// Replaces the first match or all of them, the longest at each place.
    func replace(in text: [Unicode.Scalar], with replacement: [Unicode.Scalar], isAll: Bool) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        var place = 0
        var isDone = false
        while place <= text.count {
            if !isDone, let length = matchLengths(tokens, text[place...]).last {
                result += replacement
                isDone = !isAll
                if length > 0 {
                    place += length
                    // What matched up to the end leaves no empty rest to be replaced once more.
                    if place == text.count { break }
                    continue
                }
            }
            if place < text.count { result.append(text[place]) }
            place += 1
        }
        return result
    }

    /// How long the beginnings of a text are that match, the shortest first.
    private func matchLengths(_ tokens: [Token], _ text: ArraySlice<Unicode.Scalar>) -> [Int] {
        // One bit a length, moved along by each token: no pattern makes this slow.
        let text = tokens.contains(.anyText) ? text : text.prefix(tokens.count)
        var reached = [true] + Array(repeating: false, count: text.count)
        for token in tokens {
            var next = Array(repeating: false, count: reached.count)
            for (length, isReached) in reached.enumerated() {
                let isOpen = isReached || token == .anyText && next[length]
                guard isOpen else { continue }
                if token == .anyText { next[length] = true }
                guard length < text.count else { continue }
                let scalar = text[text.startIndex + length]
                switch token {
                case .character(let wanted): next[length + 1] = scalar == wanted
                case .anyCharacter, .anyText: next[length + 1] = scalar != "\n"
                }
            }
            reached = next
        }
        return reached.indices.filter { reached[$0] }
    }
}
