import ImageSpec
import LayerSystem
import TextOutput

/// Prints what `inspect` found: an array of JSON, or a line of a template for each.
struct InspectPrinter {
    /// `json` for a single line, a Go template, or nil for an array that people can read.
    let format: String?

    /// Prints documents with what they are to a template.
    func print(_ documents: [(object: JSONObject, shape: TemplateShape)]) throws {
        switch format {
        case nil: try write(documents.map(\.object), isPretty: true)
        case "json": try write(documents.map(\.object), isPretty: false)
        case let text?:
            let template = try GoTemplate(parsing: text)
            for document in documents {
                var output: [UInt8] = []
                let value = TemplateValue(.object(document.object), shape: document.shape)
                try template.execute(value, into: &output, keeping: [.lineFeed, .tab])
                try StandardStream.output.write(output + [UInt8(ascii: "\n")])
            }
        }
        try StandardStream.output.flush()
    }

    private func write(_ objects: [JSONObject], isPretty: Bool) throws {
        let array = JSONValue.array(objects.map(JSONValue.object))
        try StandardStream.output.write(TerminalText.escapeJSON(array.encoded(pretty: isPretty)) + [UInt8(ascii: "\n")])
    }
}
