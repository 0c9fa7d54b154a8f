/// Prints values as Go's package `fmt` does.
///
/// Known verbs are `s`, `v`, `q`, `d`, `x`, `X`, `o`, `b`, `c`, `t` and `%`, with the flags `-`, `0`, `+` and space, a
/// width and a precision.
///
/// Source: Go `fmt`, `print.go` and `format.go`.
struct GoFormatter {
    private static let widthLimit = 10_000
    private static let verbs = "svqdxXobct"

    private let format: [UInt8]
    private let isFormatExact: Bool
    private let arguments: [TemplateValue]
    private var offset = 0
    private var nextArgument = 0
    var result = TemplateText()

    init(format: TemplateText, arguments: [TemplateValue]) {
        self.format = format.bytes
        self.isFormatExact = format.isExact
        self.arguments = arguments
    }

    /// The formatted text.
    mutating func run() throws(TemplateFailure) -> TemplateText {
        while offset < format.count {
            let start = offset
            offset = format[start...].firstIndex(of: UInt8(ascii: "%")) ?? format.count
            let literal = format[start..<offset]
            result.append(isFormatExact ? TemplateText(exact: literal) : TemplateText(data: literal))
            if offset < format.count { try runDirective() }
        }
        if nextArgument < arguments.count { appendExtra() }
        return result
    }

    private mutating func runDirective() throws(TemplateFailure) {
        offset += 1
        var directive = GoDirective()
        while offset < format.count, directive.take(flag: format[offset]) { offset += 1 }
        directive.width = try number()
        if offset < format.count, format[offset] == UInt8(ascii: ".") {
            offset += 1
            directive.precision = try number() ?? 0
        }
        guard let piece = pieceAtOffset else { return append("%!(NOVERB)") }
        offset += piece.byteCount
        guard case .scalar(let verb) = piece, verb == "%" || Self.verbs.unicodeScalars.contains(verb) else {
            throw .call("a verb or flag in \"\(String(decoding: format, as: UTF8.self))\" is not supported")
        }
        if verb == "%" { return append("%") }
        directive.verb = verb
        guard nextArgument < arguments.count else { return append("%!\(verb)(MISSING)") }
        nextArgument += 1
        result.append(directive.text(of: arguments[nextArgument - 1]))
    }

    private var pieceAtOffset: ScalarWalk<ArraySlice<UInt8>>.Piece? {
        var walk = ScalarWalk(format[offset...])
        return walk.next()
    }

    private mutating func number() throws(TemplateFailure) -> Int? {
        let start = offset
        var value = 0
        while offset < format.count, TemplateLexer.isDigit(format[offset]) {
            value = value * 10 + Int(format[offset] - UInt8(ascii: "0"))
            guard value <= Self.widthLimit else { throw .call("a width of more than \(Self.widthLimit)") }
            offset += 1
        }
        return offset > start ? value : nil
    }

    private mutating func appendExtra() {
        append("%!(EXTRA ")
        for (place, argument) in arguments[nextArgument...].enumerated() {
            if place > 0 { append(", ") }
            if argument.isNil {
                append("<nil>")
            } else {
                append(argument.typeName + "=")
                result.append(GoDirective().text(of: argument))
            }
        }
        append(")")
    }

    private mutating func append(_ text: String) {
        result.append(exact: text.utf8)
    }
}

extension GoFormatter {
    /// What an action prints for a value.
    static func text(printing value: TemplateValue) -> TemplateText {
        switch value {
        case .text(let text): text
        case .missing, .null(.any): TemplateText(exact: "<no value>".utf8)
        default: GoDirective().text(of: value)
        }
    }

    /// Go's `Sprint`: spaces between values of which neither is a text.
    static func print(_ values: [TemplateValue]) -> TemplateText {
        var result = TemplateText()
        var wasText = true
        for value in values {
            let isText = if case .text = value { true } else { false }
            if !isText, !wasText { result.append(exact: " ".utf8) }
            result.append(GoDirective().text(of: value))
            wasText = isText
        }
        return result
    }

    /// Go's `Sprintln`: spaces between all values, and a line feed.
    static func printLine(_ values: [TemplateValue]) -> TemplateText {
        var result = TemplateText()
        for (place, value) in values.enumerated() {
            if place > 0 { result.append(exact: " ".utf8) }
            result.append(GoDirective().text(of: value))
        }
        result.append(exact: "\n".utf8)
        return result
    }
}
