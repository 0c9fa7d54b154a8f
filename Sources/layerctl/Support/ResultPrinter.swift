import ImageSpec
import LayerSystem
import TextOutput

/// Prints one result as `--format` says: as text, as JSON, or through a template.
enum ResultPrinter {
    /// Prints a result.
    ///
    /// - Parameters:
    ///   - format: What the user wrote: nothing or `table`, `json`, or a Go template over the JSON.
    ///   - lines: The text, safe for a terminal.
    ///   - shape: What a template may ask for.
    ///   - object: The JSON.
    /// - Throws: `TemplateError`, `SystemError`.
    static func write(
        _ format: String?,
        lines: @autoclosure () -> [UInt8],
        shape: TemplateShape = .any,
        object: () -> JSONObject
    ) throws {
        switch format {
        case nil, "table": try StandardStream.output.write(lines())
        case "json":
            let text = TerminalText.escapeJSON(JSONValue.object(object()).encoded())
            try StandardStream.output.write(text + [UInt8(ascii: "\n")])
        case let text?:
            var output: [UInt8] = []
            let value = TemplateValue(.object(object()), shape: shape)
            try GoTemplate(parsing: text).execute(value, into: &output, keeping: [.lineFeed, .tab])
            try StandardStream.output.write(output + [UInt8(ascii: "\n")])
        }
    }
}
