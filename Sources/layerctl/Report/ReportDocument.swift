import ImageSpec
import LayerKit
import LayerModel
import TextOutput

/// What a report shows, as JSON: the page's data, and the output of `--format json`.
enum ReportDocument {
    /// How many wasteful places are listed.
    private static let wasteLimit = 40

    /// The document.
    static func object(_ report: ImageReport, title: String) throws -> JSONObject {
        let image = report.image
        let names = image.references.map(\.familiar)
        return [
            "title": .string(TerminalText.escape(names.first ?? title)), "id": .string(image.id.description),
            "names": .array(names.map { .string($0) }),
            "platform": image.config.platform.map { .string($0.description) } ?? .null,
            "created": image.config.createdText.map { .string($0) } ?? .null,
            "bytes": JSONValue(image.treeByteCount ?? 0),
            "files": JSONValue(image.layers.reduce(0) { $0 + ($1.size?.fileCount ?? 0) }),
            "layers": .array(zip(image.layers, report.commands).map { .object(layer($0, $1)) }),
            "root": .object(place(report.root)), "waste": .object(waste(report.waste)),
            "history": .array(try image.history().map { .object(step($0)) }), "config": .array(config(image.config)),
        ]
    }

    private static func layer(_ layer: LayerDetails, _ command: String) -> JSONObject {
        [
            "diffID": .string(layer.diffID.description), "bytes": JSONValue(layer.size?.treeByteCount ?? 0),
            "files": JSONValue(layer.size?.fileCount ?? 0), "createdBy": .string(command),
        ]
    }

    private static func place(_ place: ImageReport.Place) -> JSONObject {
        [
            "name": .string(TerminalText.escape(place.name)), "file": .bool(place.isFile),
            "bytes": .object(
                JSONObject(place.byteCounts.sorted { $0.key < $1.key }.map { ("\($0.key)", JSONValue($0.value)) })
            ),
            "children": .array(place.children.map { .object(Self.place($0)) }),
        ]
    }

    private static func waste(_ waste: ImageWaste) -> JSONObject {
        let items = waste.items.prefix(wasteLimit).map { item -> JSONValue in
            .object([
                "kind": .string(item.kind.rawValue), "path": .string(TerminalText.escape(item.path)),
                "count": JSONValue(item.count), "bytes": JSONValue(item.byteCount),
            ])
        }
        return [
            "bytes": JSONValue(waste.items.reduce(0) { $0 + $1.byteCount }), "count": JSONValue(waste.items.count),
            "efficiency": .number("\(waste.efficiency)"), "items": .array(items),
        ]
    }

    private static func step(_ row: HistoryRow) -> JSONObject {
        [
            "created": .string(row.created?.rfc3339() ?? ""), "createdBy": .string(row.createdBy),
            "comment": .string(row.comment), "bytes": row.layer?.size.map { JSONValue($0.treeByteCount) } ?? .null,
        ]
    }

    /// Each member of the run config in a line of its own.
    private static func config(_ config: ImageConfig) -> [JSONValue] {
        config.config.members.filter { !$0.value.isNull }.map { member in
            let text = member.value.stringValue ?? String(decoding: member.value.encoded(), as: UTF8.self)
            return .array([.string(member.key), .string(text)])
        }
    }
}
