/// Prints rows as every verb with `--format` does: as an aligned table, as JSON, or through a template.
///
/// Formats are `table` or nothing for the default table, `table TEMPLATE` for a table of one's own, `json` for one
/// object a row, and any other text for a template that is executed for each row and followed by a line feed. In
/// templates `\t` and `\n` stand for a tab and a line feed.
///
/// Values are escaped in tables and templates, also when the output is no terminal. A line feed in a value stays, as in
/// Docker's tables; a tab stays in templates but not in tables, whose columns it would break. JSON is exact.
///
/// Source: docker/cli `cli/command/formatter/formatter.go`.
package struct RowFormatter: Sendable {
    /// A field of a row.
    package struct Column: Sendable {
        /// What templates and JSON call it, in Go's manner (`CreatedBy`).
        package let name: String
        /// What stands above it in a table.
        package let header: String

        /// Makes a column.
        package init(_ name: String, header: String) {
            self.name = name
            self.header = header
        }
    }

    /// Under which a row has the map of labels that `.Label "NAME"` looks into; it is no column.
    package static let labelsKey = "Label"

    /// The fields that rows have; templates may use any of them.
    package let columns: [Column]
    /// The template of the default table, with real tabs between the cells.
    package let defaultTemplate: String
    /// What aligns tables.
    package let printer: TablePrinter

    /// Makes a formatter.
    ///
    /// - Parameters:
    ///   - columns: The fields that rows have.
    ///   - defaultTemplate: The template of the default table, without the word `table`; `\t` stands for a tab.
    ///   - printer: What aligns tables.
    package init(columns: [Column], defaultTemplate: String, printer: TablePrinter = TablePrinter()) {
        self.columns = columns
        self.defaultTemplate = defaultTemplate
        self.printer = printer
    }

    /// Makes a formatter whose default table has these fields in their order.
    package init(columns: [Column], printer: TablePrinter = TablePrinter()) {
        let cells = columns.map { "{{." + $0.name + "}}" }
        self.init(columns: columns, defaultTemplate: cells.joined(separator: "\t"), printer: printer)
    }

    /// Prints rows.
    ///
    /// - Parameters:
    ///   - rows: The values of each row by the names of their columns; a text that is left out is empty.
    ///   - format: What the user asked for.
    /// - Returns: UTF-8 that ends with a line feed unless it is empty.
    /// - Throws: `TemplateError` when the format is no template or uses what is not there.
    package func output(_ rows: [[String: TemplateValue]], format: String) throws(TemplateError) -> [UInt8] {
        let records = rows.map(record)
        if format == "json" { return records.flatMap { TemplateValue.record($0).jsonBytes + [UInt8(ascii: "\n")] } }
        if format.isEmpty || format.hasPrefix("table") {
            let own = template(String(format.dropFirst("table".count)))
            return try table(records, own.isEmpty ? template(defaultTemplate) : own)
        }
        return try lines(records, template(format), keeping: [.lineFeed, .tab])
    }

    private func table(_ records: [TemplateRecord], _ text: String) throws(TemplateError) -> [UInt8] {
        let template = try GoTemplate(parsing: text)
        let header = columns.map { TemplateMember(name: $0.name, value: .text(TemplateText(exact: $0.header.utf8))) }
        var output: [UInt8] = []
        do throws(TemplateError) {
            try template.executeHeader(.record(TemplateRecord(header, labels: .headers)), into: &output)
        } catch {
            // A template that suits the rows need not suit the names above them: Docker prints as much as there is.
            if error.isUnknownField { throw error }
        }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: try lines(records, text, keeping: [.lineFeed]))
        return printer.format(output)
    }

    private func lines(
        _ records: [TemplateRecord],
        _ text: String,
        keeping kept: TerminalText.Kept
    ) throws(TemplateError) -> [UInt8] {
        let template = try GoTemplate(parsing: text)
        var output: [UInt8] = []
        for record in records {
            try template.execute(.record(record), into: &output, keeping: kept)
            output.append(UInt8(ascii: "\n"))
        }
        return output
    }

    /// A row as a record: its fields by their names in order, as Go sorts the keys of the map that it makes of them.
    private func record(_ row: [String: TemplateValue]) -> TemplateRecord {
        let names = columns.map(\.name).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let members = names.map { TemplateMember(name: $0, value: row[$0] ?? .string("")) }
        guard case .map(let labels) = row[Self.labelsKey] else { return TemplateRecord(members, isRow: true) }
        return TemplateRecord(members, isRow: true, labels: .values(labels))
    }

    /// A format without the spaces around it, and with the two escapes that are done before it is read.
    private func template(_ format: String) -> String {
        var trimmed = format[...]
        while trimmed.first == " " { trimmed.removeFirst() }
        while trimmed.last == " " { trimmed.removeLast() }
        var result: [UInt8] = []
        var rest = Array(trimmed.utf8)[...]
        while let byte = rest.popFirst() {
            switch (byte, rest.first) {
            case (UInt8(ascii: "\\"), UInt8(ascii: "t")):
                rest.removeFirst()
                result.append(UInt8(ascii: "\t"))
            case (UInt8(ascii: "\\"), UInt8(ascii: "n")):
                rest.removeFirst()
                result.append(UInt8(ascii: "\n"))
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
