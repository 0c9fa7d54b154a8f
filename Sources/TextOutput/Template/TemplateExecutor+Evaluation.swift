extension TemplateExecutor {
    /// The value of a command; `final` is the value of the command before it in a pipeline.
    mutating func evaluate(
        _ command: TemplateCommand,
        final: TemplateValue?,
        dot: TemplateValue
    ) throws(TemplateError) -> TemplateValue {
        if case .function(let function) = command.first.term, command.first.fields.isEmpty {
            return try call(function, command, final: final, dot: dot)
        }
        guard command.arguments.isEmpty, final == nil else {
            if final == nil, let value = try label(command, dot: dot) { return value }
            let name = String(decoding: source[command.first.range], as: UTF8.self)
            throw error("can't give argument to non-function \(name)", at: command.first.range)
        }
        if case .null = command.first.term { throw error("nil is not a command", at: command.first.range) }
        return try evaluate(command.first, dot: dot)
    }

    /// The value of `.Label "NAME"`, the one method with an argument that there is.
    private mutating func label(
        _ command: TemplateCommand,
        dot: TemplateValue
    ) throws(TemplateError) -> TemplateValue? {
        guard case .dot = command.first.term, command.first.fields == ["Label"], command.arguments.count == 1,
            case .record(let record) = dot, let labels = record.labels
        else { return nil }
        let argument = command.arguments[0]
        guard case .text(let name) = try evaluate(argument, dot: dot) else {
            throw error("expected string for .Label", at: argument.range)
        }
        return labels.text(name)
    }

    /// The value of an operand.
    private mutating func evaluate(
        _ operand: TemplateOperand,
        dot: TemplateValue
    ) throws(TemplateError) -> TemplateValue {
        var value: TemplateValue
        switch operand.term {
        case .dot: value = dot
        case .null: value = .null(.any)
        case .literal(let literal): value = literal
        case .variable(let name):
            guard let found = variable(name) else { throw error("undefined variable: \(name)", at: operand.range) }
            value = found
        case .function(let function):
            let command = TemplateCommand(first: operand, arguments: [], range: operand.range)
            value = try call(function, command, final: nil, dot: dot)
        case .pipeline(let pipeline): value = try evaluate(pipeline, dot: dot)
        }
        for field in operand.fields { value = try self.field(field, of: value, in: operand) }
        return value
    }

    private func field(
        _ name: String,
        of value: TemplateValue,
        in operand: TemplateOperand
    ) throws(TemplateError) -> TemplateValue {
        let reason: String
        var isUnknownField = false
        switch value {
        case .missing, .null(.map): return .missing
        case .map(let map): return map.value(of: name.utf8) ?? .missing
        case .record(let record):
            if let value = record.value(of: name) { return value }
            isUnknownField = true
            let known = record.fieldNames.map { "." + $0 }.joined(separator: ", ")
            reason = "unknown field \(name)" + (known.isEmpty ? "" : "; known are \(known)")
        case .null(.any), .null(.record): reason = "nil pointer evaluating .\(name)"
        default: reason = "can't evaluate field \(name) in type \(value.typeName)"
        }
        throw error(reason, in: operand, isUnknownField: isUnknownField)
    }

    private func error(_ reason: String, in operand: TemplateOperand, isUnknownField: Bool = false) -> TemplateError {
        let place = operand.position..<operand.range.upperBound
        return TemplateError(
            reason,
            at: place,
            of: source,
            isExecuting: true,
            context: operand.range,
            isUnknownField: isUnknownField
        )
    }

    private mutating func call(
        _ function: TemplateFunction,
        _ command: TemplateCommand,
        final: TemplateValue?,
        dot: TemplateValue
    ) throws(TemplateError) -> TemplateValue {
        let count = command.arguments.count + (final == nil ? 0 : 1)
        let allowed = function.argumentCounts
        guard allowed.contains(count) else {
            let wanted = allowed.count == 1 ? "want" : "want at least"
            let reason = "wrong number of args for \(function.rawValue): \(wanted) \(allowed.lowerBound) got \(count)"
            throw error(reason, at: command.first.range)
        }
        var values: [TemplateValue] = []
        for argument in command.arguments {
            let value = try evaluate(argument, dot: dot)
            // These two stop at the first argument that decides.
            if function == .and && !value.isTrue || function == .or && value.isTrue { return value }
            values.append(value)
        }
        if let final { values.append(final) }
        do throws(TemplateFailure) {
            if isHeader, function.isIdentityInHeader { return .text(try TemplateFunction.text(values, 0)) }
            return try function.call(values)
        } catch {
            switch error {
            case .argument(let index, let reason):
                let operand = index < command.arguments.count ? command.arguments[index] : command.first
                throw self.error(reason, in: operand)
            case .call(let reason):
                throw self.error("error calling \(function.rawValue): \(reason)", at: command.range)
            }
        }
    }
}
