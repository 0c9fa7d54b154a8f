/// Cuts a template into tokens.
///
/// Source: Go `text/template/parse`, `lex.go`.
struct TemplateLexer {
    let source: [UInt8]
    var offset = 0
    var tokens: [TemplateToken] = []
    private var parenthesisDepth = 0

    init(_ source: [UInt8]) {
        self.source = source
    }

    /// All tokens; the last one is `end`.
    static func tokens(of source: [UInt8]) throws(TemplateError) -> [TemplateToken] {
        var lexer = Self(source)
        while lexer.offset < source.count { try lexer.lexText() }
        lexer.append(.end, from: source.count)
        return lexer.tokens
    }

    /// Text up to the next action, and that action or comment.
    private mutating func lexText() throws(TemplateError) {
        let start = offset
        while offset < source.count, !at("{{") { offset += 1 }
        let left = offset
        guard left < source.count else { return append(.text, from: start) }
        offset += 2
        let isTrimmed = at("-") && offset + 1 < source.count && Self.isSpace(source[offset + 1])
        var textEnd = left
        if isTrimmed {
            while textEnd > start, Self.isSpace(source[textEnd - 1]) { textEnd -= 1 }
            offset += 2
        }
        if textEnd > start { tokens.append(TemplateToken(kind: .text, range: start..<textEnd)) }
        if at("/*") { return try lexComment(from: left) }
        tokens.append(TemplateToken(kind: .leftDelimiter, range: left..<offset))
        parenthesisDepth = 0
        while try lexAction(from: left) {}
    }

    private mutating func lexComment(from left: Int) throws(TemplateError) {
        offset += 2
        while offset < source.count, !at("*/") { offset += 1 }
        guard offset < source.count else { throw error("unclosed comment", from: left) }
        offset += 2
        let isTrimmed = offset < source.count && Self.isSpace(source[offset])
        if isTrimmed { offset += 1 }
        guard at(isTrimmed ? "-}}" : "}}") else { throw error("comment ends before closing delimiter", from: left) }
        closeAction(isTrimmed: isTrimmed)
    }

    /// Passes over a right delimiter, and over the spaces behind one that trims.
    private mutating func closeAction(isTrimmed: Bool) {
        offset += isTrimmed ? 3 : 2
        while isTrimmed, offset < source.count, Self.isSpace(source[offset]) { offset += 1 }
    }

    /// One token of an action; false when it closed the action.
    private mutating func lexAction(from left: Int) throws(TemplateError) -> Bool {
        let start = offset
        guard start < source.count else { throw error("unclosed action", from: left) }
        while offset < source.count, Self.isSpace(source[offset]) { offset += 1 }
        // The last space before "-}}" belongs to that mark.
        let isTrimmed = offset > start && at("-}}")
        if isTrimmed || at("}}") {
            let spaceEnd = isTrimmed ? offset - 1 : offset
            if spaceEnd > start { tokens.append(TemplateToken(kind: .space, range: start..<spaceEnd)) }
            guard parenthesisDepth == 0 else { throw error("unclosed left paren", from: left) }
            tokens.append(TemplateToken(kind: .rightDelimiter, range: spaceEnd..<(offset + (isTrimmed ? 3 : 2))))
            closeAction(isTrimmed: isTrimmed)
            return false
        }
        if offset > start { append(.space, from: start) } else { try lexToken() }
        return true
    }

    private mutating func lexToken() throws(TemplateError) {
        let start = offset
        switch source[offset] {
        case UInt8(ascii: "="): appendByte(.assign)
        case UInt8(ascii: "|"): appendByte(.pipe)
        case UInt8(ascii: ","): appendByte(.comma)
        case UInt8(ascii: ":"):
            offset += 1
            guard at("=") else { throw error("expected :=", from: start) }
            offset += 1
            append(.declare, from: start)
        case UInt8(ascii: "("):
            parenthesisDepth += 1
            appendByte(.leftParenthesis)
        case UInt8(ascii: ")"):
            parenthesisDepth -= 1
            guard parenthesisDepth >= 0 else { throw error("unexpected \")\"", from: start) }
            appendByte(.rightParenthesis)
        case UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "'"): try lexQuoted()
        case UInt8(ascii: "$"): try lexName(.variable)
        case UInt8(ascii: "."):
            if offset + 1 < source.count, Self.isDigit(source[offset + 1]) { return try lexNumber() }
            try lexName(.field)
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try lexNumber()
        default: try lexName(.identifier)
        }
    }

    private mutating func appendByte(_ kind: TemplateToken.Kind) {
        offset += 1
        append(kind, from: offset - 1)
    }
}
