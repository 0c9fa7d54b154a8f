extension TemplateParser {
    /// What a pipeline belongs to.
    enum Context: String {
        case command
        case `if`
        case parenthesis = "parenthesized pipeline"
        case range
        case with
    }

    /// A pipeline up to the token that closes it, which is passed over.
    mutating func pipeline(
        in context: Context,
        until closing: TemplateToken.Kind
    ) throws(TemplateError) -> TemplatePipeline {
        skipSpaces()
        let start = index
        let (names, isAssignment) = try declarations(in: context)
        var commands: [TemplateCommand] = []
        while true {
            skipSpaces()
            let token = peek
            if token.kind == closing { break }
            guard token.isOperand else { throw unexpected(token, in: context.rawValue) }
            let command = try command()
            if !commands.isEmpty, !command.first.isExecutable {
                throw error("non executable command in pipeline stage \(commands.count + 1)", at: token)
            }
            commands.append(command)
        }
        guard !commands.isEmpty else { throw error("missing value for \(context.rawValue)", at: tokens[start]) }
        index += 1
        return TemplatePipeline(variables: names, isAssignment: isAssignment, commands: commands)
    }

    /// The variables before a `:=` or `=`, and whether it was the latter.
    ///
    /// They are known from here on, so a pipeline may use what it declares, as in Go.
    private mutating func declarations(
        in context: Context
    ) throws(TemplateError) -> (names: [String], isAssignment: Bool) {
        var names: [String] = []
        while peek.kind == .variable {
            let variable = peek
            let start = index
            index += 1
            skipSpaces()
            switch peek.kind {
            case .declare, .assign:
                let isAssignment = peek.kind == .assign
                index += 1
                names.append(text(of: variable))
                if isAssignment {
                    for name in names where !variables.contains(name) {
                        throw error("undefined variable \"\(name)\"", at: variable)
                    }
                }
                variables.append(contentsOf: names)
                return (names, isAssignment)
            case .comma where context == .range && names.isEmpty:
                index += 1
                names.append(text(of: variable))
                skipSpaces()
                guard peek.kind == .variable else { throw error("range can only initialize variables", at: peek) }
            case .comma: throw error("too many declarations in \(context.rawValue)", at: variable)
            default:
                guard names.isEmpty else { throw error("range can only initialize variables", at: variable) }
                index = start
                return ([], false)
            }
        }
        return ([], false)
    }

    /// A command; the pipe behind it is passed over.
    private mutating func command() throws(TemplateError) -> TemplateCommand {
        let start = peek.range.lowerBound
        var operands: [TemplateOperand] = []
        while true {
            skipSpaces()
            if peek.isOperand { operands.append(try operand()) }
            let token = peek
            switch token.kind {
            case .space:
                index += 1
                continue
            case .pipe: index += 1
            case .rightDelimiter, .rightParenthesis: break
            default: throw unexpected(token, in: "operand")
            }
            break
        }
        // The caller saw that an operand comes first.
        guard let first = operands.first, let last = operands.last else { throw unexpected(peek, in: "command") }
        return TemplateCommand(
            first: first,
            arguments: Array(operands.dropFirst()),
            range: start..<last.range.upperBound
        )
    }

    /// A term with the fields that follow it without a space.
    private mutating func operand() throws(TemplateError) -> TemplateOperand {
        let token = peek
        var fields: [String] = []
        var position = token.range.lowerBound
        let term = try term()
        if token.kind == .field { fields.append(String(text(of: token).dropFirst())) }
        if peek.kind == .field, fields.isEmpty {
            switch term {
            case .dot, .null, .literal: throw error("unexpected . after \(text(of: token))", at: peek)
            default: break
            }
        }
        if peek.kind == .field { position = peek.range.lowerBound }
        while peek.kind == .field {
            fields.append(String(text(of: peek).dropFirst()))
            index += 1
        }
        let range = token.range.lowerBound..<tokens[index - 1].range.upperBound
        return TemplateOperand(term: term, fields: fields, range: range, position: position)
    }
}

extension TemplateOperand {
    /// Whether the operand may be given the value of the command before it.
    fileprivate var isExecutable: Bool {
        switch term {
        case .dot, .null, .literal: !fields.isEmpty
        case .variable, .function, .pipeline: true
        }
    }
}
