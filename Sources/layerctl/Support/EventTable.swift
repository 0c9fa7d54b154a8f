import LayerKit
import LayerModel
import TextOutput

/// How the events of paths are printed.
struct EventTable {
    private static let commandColumnCount = 45

    let isTruncated: Bool

    /// The columns and the default tables of `blame` and `log`.
    static func formatter(withPath: Bool) -> RowFormatter {
        let path = withPath ? "{{.Path}}\t" : ""
        return RowFormatter(
            columns: [
                RowFormatter.Column("Path", header: "PATH"), RowFormatter.Column("Change", header: "CHANGE"),
                RowFormatter.Column("Layer", header: "LAYER"), RowFormatter.Column("DiffID", header: "DIFF ID"),
                RowFormatter.Column("Size", header: "SIZE"), RowFormatter.Column("CreatedBy", header: "CREATED BY"),
            ],
            defaultTemplate: path + "{{.Change}}\t{{.Layer}}\t{{.DiffID}}\t{{.Size}}\t{{.CreatedBy}}"
        )
    }

    /// The values of one row.
    func row(_ path: [UInt8], _ event: PathEvent) -> [String: TemplateValue] {
        let command = event.createdBy.split(separator: "\t", omittingEmptySubsequences: false).joined(separator: " ")
        return [
            "Path": .string(FileTable.text(path)),
            "Change": .string(event.kind.rawValue),
            "Layer": .string(String(event.layerNumber)),
            "DiffID": .string(DigestText.text(event.diffID.digest, isTruncated: isTruncated)),
            "Size": .string(event.byteCount.map { isTruncated ? HumanSize.text($0) : String($0) } ?? "-"),
            "CreatedBy": .string(
                isTruncated ? TerminalText.ellipsis(command, columnCount: Self.commandColumnCount) : command
            ),
        ]
    }
}
