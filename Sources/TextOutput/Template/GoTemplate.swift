/// A template in the language of Go's `text/template`, as `--format` takes it: read once, executed any number of times.
///
/// Known are text, fields, variables, `range`, `if`, `with`, `else`, `break`, `continue`, comments, trim markers,
/// literals, pipelines, parentheses, and the functions of `TemplateFunction`. Not known are `define`, `template`,
/// `block`, methods with arguments, and the functions that escape for web pages: using them is an error that says so.
///
/// How values are printed: texts as they are, numbers and truth values as in Go, lists as `[a b]`, maps as `map[k:v]`
/// sorted by key, records as `{a b}`, nil and what a map has not as `<no value>`, nil inside of lists, maps and `print`
/// as `<nil>`. Control characters of data are escaped, in what `json` gives in JSON's own way; what the template itself
/// writes is printed as it is.
package struct GoTemplate: Sendable {
    let source: [UInt8]
    let nodes: [TemplateNode]

    /// Reads a template.
    ///
    /// - Parameter text: The template.
    /// - Throws: `TemplateError` with the place of what is wrong.
    package init(parsing text: String) throws(TemplateError) {
        source = Array(text.utf8)
        nodes = try TemplateParser.nodes(of: source)
    }

    /// Executes the template.
    ///
    /// - Parameters:
    ///   - value: What `.` and `$` are.
    ///   - output: Where the result is appended; after an error it holds what was printed up to there.
    ///   - kept: The layout characters of data that are not escaped.
    /// - Throws: `TemplateError` with the place of what failed.
    package func execute(
        _ value: TemplateValue,
        into output: inout [UInt8],
        keeping kept: TerminalText.Kept = [.lineFeed, .tab]
    ) throws(TemplateError) {
        try run(value, into: &output, keeping: kept, isHeader: false)
    }

    /// Executes the template on the header of a table, whose names some functions leave as they are.
    func executeHeader(_ header: TemplateValue, into output: inout [UInt8]) throws(TemplateError) {
        try run(header, into: &output, keeping: [], isHeader: true)
    }

    private func run(
        _ value: TemplateValue,
        into output: inout [UInt8],
        keeping kept: TerminalText.Kept,
        isHeader: Bool
    ) throws(TemplateError) {
        var executor = TemplateExecutor(source: source, value: value, kept: kept, isHeader: isHeader)
        defer { output.append(contentsOf: executor.output) }
        try executor.run(nodes)
    }
}
