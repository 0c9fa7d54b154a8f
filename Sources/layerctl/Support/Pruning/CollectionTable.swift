import ImageSpec
import LayerKit
import TextOutput

/// What a collection took, as text and as JSON.
enum CollectionTable {
    /// A row a thing, and the sum.
    static func text(_ report: CollectionReport) -> [UInt8] {
        var rows = Array("KIND\tSIZE\tFILES\tPATH\n".utf8)
        for item in report.items {
            let size = HumanSize.text(item.byteCount)
            let path = TerminalText.escape(item.path)
            rows += Array("\(item.kind)\t\(size)\t\(item.inodeCount)\t\(path)\n".utf8)
        }
        let table = report.items.isEmpty ? [] : TablePrinter().format(rows) + [UInt8(ascii: "\n")]
        return table + Array(PruneOutput.total(report.byteCount).utf8)
    }

    /// All things, and the sums in bytes and files.
    static func object(_ report: CollectionReport) -> JSONObject {
        [
            "items": .array(
                report.items.map { item in
                    .object([
                        "kind": .string(item.kind), "path": .string(FileTable.text(item.path)),
                        "size": JSONValue(item.byteCount), "files": JSONValue(item.inodeCount),
                    ])
                }
            ),
            "size": JSONValue(report.byteCount),
            "files": JSONValue(report.inodeCount),
            "problems": .array(report.problems.map { .string($0) }),
            "failures": .array(report.failures.map { .string($0) }),
        ]
    }
}
