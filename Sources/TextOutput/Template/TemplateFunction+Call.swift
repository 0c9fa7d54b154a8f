extension TemplateFunction {
    /// The value of a call.
    ///
    /// - Parameter arguments: As many as the function takes.
    /// - Returns: What the function gives.
    /// - Throws: What is wrong with an argument, or why the call failed.
    func call(_ arguments: [TemplateValue]) throws(TemplateFailure) -> TemplateValue {
        switch self {
        // The executor stops at the argument that decides; when none does, the last one is the value.
        case .and, .or: return arguments.last ?? .missing
        case .not: return .bool(!arguments[0].isTrue)
        case .eq: return .bool(try TemplateComparison.isAnyEqual(arguments))
        case .ne: return .bool(try !TemplateComparison.isAnyEqual(arguments))
        case .lt: return .bool(try TemplateComparison.isLess(arguments[0], arguments[1]))
        case .ge: return .bool(try !TemplateComparison.isLess(arguments[0], arguments[1]))
        case .gt: return .bool(try TemplateComparison.isLess(arguments[1], arguments[0]))
        case .le: return .bool(try !TemplateComparison.isLess(arguments[1], arguments[0]))
        case .index: return try TemplateElements.element(of: arguments)
        case .slice: return try TemplateElements.slice(of: arguments)
        case .len: return .integer(Int64(try TemplateElements.count(of: arguments[0])))
        case .json: return .text(TemplateText(exact: arguments[0].jsonBytes))
        case .print: return .text(GoFormatter.print(arguments))
        case .println: return .text(GoFormatter.printLine(arguments))
        case .printf: return .text(try Self.formatted(arguments))
        case .join, .lower, .pad, .split, .title, .truncate, .upper: return try callOnText(arguments)
        }
    }

    private static func formatted(_ arguments: [TemplateValue]) throws(TemplateFailure) -> TemplateText {
        var formatter = GoFormatter(format: try text(arguments, 0), arguments: Array(arguments.dropFirst()))
        return try formatter.run()
    }

    /// An argument that has to be a text.
    static func text(_ arguments: [TemplateValue], _ index: Int) throws(TemplateFailure) -> TemplateText {
        if case .text(let text) = arguments[index] { return text }
        throw wrongType(arguments, index, expected: "string")
    }

    /// An argument that has to be an integer.
    static func integer(_ arguments: [TemplateValue], _ index: Int) throws(TemplateFailure) -> Int {
        if case .integer(let value) = arguments[index], let integer = Int(exactly: value) { return integer }
        throw wrongType(arguments, index, expected: "int")
    }

    /// The error about an argument of another type.
    static func wrongType(_ arguments: [TemplateValue], _ index: Int, expected: String) -> TemplateFailure {
        if case .missing = arguments[index] { return .argument(index, "invalid value; expected \(expected)") }
        return .argument(index, "wrong type for value; expected \(expected); got \(arguments[index].typeName)")
    }
}
