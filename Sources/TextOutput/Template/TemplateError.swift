/// Why a template cannot be read or executed, and where.
package struct TemplateError: Error, Equatable, Sendable {
    /// The whole template.
    package let template: String
    /// The line of the place, counted from 1.
    package let line: Int
    /// The column of the place in its line, in bytes, counted from 0 as Go does.
    package let column: Int
    /// The piece of the template that was executed, or nil when the template could not be read.
    package let context: String?
    /// What is wrong.
    package let reason: String
    /// Whether a record was asked for a field that it has not.
    package let isUnknownField: Bool

    /// Makes an error at a place.
    ///
    /// - Parameters:
    ///   - reason: What is wrong.
    ///   - place: The bytes of the template that are to blame.
    ///   - source: The template's bytes.
    ///   - isExecuting: Whether the template was read and its execution failed.
    ///   - context: The piece that was executed, when it is more than the place.
    ///   - isUnknownField: Whether a record was asked for a field that it has not.
    init(
        _ reason: String,
        at place: Range<Int>,
        of source: [UInt8],
        isExecuting: Bool,
        context: Range<Int>? = nil,
        isUnknownField: Bool = false
    ) {
        let before = source[..<place.lowerBound]
        template = String(decoding: source, as: UTF8.self)
        line = before.count { $0 == UInt8(ascii: "\n") } + 1
        column = before.count - (before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0)
        self.context = isExecuting ? String(decoding: source[context ?? place], as: UTF8.self) : nil
        self.reason = reason
        self.isUnknownField = isUnknownField
    }
}

extension TemplateError: CustomStringConvertible {
    /// One line that names the place and quotes the template, worded as Docker words it.
    package var description: String {
        let place = "template: :\(line):\(column): "
        if let context { return place + "executing \"\" at <\(Self.quote(context))>: " + reason }
        return place + reason + " in \"\(Self.quote(template))\""
    }

    private static func quote(_ text: String) -> String {
        TerminalText.ellipsis(TerminalText.escape(text), columnCount: 60)
    }
}
