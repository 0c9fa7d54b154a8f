extension TemplateParser {
    /// What an operand begins with.
    mutating func term() throws(TemplateError) -> TemplateOperand.Term {
        let token = peek
        index += 1
        switch token.kind {
        case .dot, .field: return .dot
        case .variable:
            guard variables.contains(text(of: token)) else {
                throw error("undefined variable \"\(text(of: token))\"", at: token)
            }
            return .variable(text(of: token))
        case .identifier: return .function(try function(token))
        case .keyword(let word): return word == .null ? .null : .literal(.bool(word == .true))
        case .number:
            guard let number = GoLiteral.number(text(of: token)) else {
                throw error("bad number \"\(text(of: token))\"", at: token)
            }
            return .literal(number)
        case .character: return .literal(.integer(try character(token)))
        case .string: return .literal(.text(TemplateText(exact: try unquoted(token))))
        case .rawString:
            let inner = source[token.range].dropFirst().dropLast()
            return .literal(.text(TemplateText(exact: inner.filter { $0 != UInt8(ascii: "\r") })))
        case .leftParenthesis:
            try enter()
            defer { depth -= 1 }
            return .pipeline(try pipeline(in: .parenthesis, until: .rightParenthesis))
        default: throw unexpected(token, in: "operand")
        }
    }

    private func function(_ token: TemplateToken) throws(TemplateError) -> TemplateFunction {
        let name = text(of: token)
        if let function = TemplateFunction(rawValue: name) { return function }
        let isKnown = TemplateFunction.unsupported.contains(name)
        throw error("function \"\(name)\" not \(isKnown ? "supported" : "defined")", at: token)
    }

    private func unquoted(_ token: TemplateToken) throws(TemplateError) -> [UInt8] {
        let inner = source[token.range].dropFirst().dropLast()
        guard let bytes = GoLiteral.unquote(inner, quote: source[token.range.lowerBound]) else {
            throw error("invalid escape in \(text(of: token))", at: token)
        }
        return bytes
    }

    private func character(_ token: TemplateToken) throws(TemplateError) -> Int64 {
        let pieces = Array(ScalarWalk(try unquoted(token)))
        guard pieces.count == 1, let piece = pieces.first else {
            throw error("malformed character constant \(text(of: token))", at: token)
        }
        switch piece {
        case .scalar(let scalar): return Int64(scalar.value)
        case .invalid(let byte): return Int64(byte)
        }
    }

    /// The next token; at the end again and again the last one.
    var peek: TemplateToken { tokens[min(index, tokens.count - 1)] }

    /// Passes over spaces.
    mutating func skipSpaces() {
        while peek.kind == .space { index += 1 }
    }

    /// The source of a token.
    func text(of token: TemplateToken) -> String {
        String(decoding: source[token.range], as: UTF8.self)
    }

    /// Goes one level deeper.
    mutating func enter() throws(TemplateError) {
        guard depth < Self.greatestDepth else {
            throw error("nested more than \(Self.greatestDepth) levels deep", at: tokens[index - 1])
        }
        depth += 1
    }

    /// An error about a token.
    func error(_ reason: String, at token: TemplateToken) -> TemplateError {
        TemplateError(reason, at: token.range, of: source, isExecuting: false)
    }

    /// An error about a token that has no place where it stands.
    func unexpected(_ token: TemplateToken, in context: String) -> TemplateError {
        let name = token.kind == .end ? "end of template" : "\"\(text(of: token))\""
        return error("unexpected \(name) in \(context)", at: token)
    }
}
