import ImageSpec
import LayerKit
import LayerModel
import TextOutput

/// The tree of layers as text and as JSON.
enum LayerListing {
    /// A line a layer, drawn as a tree, and a line of sums.
    static func lines(_ usage: StoreUsage, isTruncated: Bool) -> [UInt8] {
        var rows = "LAYER\tSIZE\tFILES\tIMAGES\tCONTAINERS\tTOP OF\n"
        append(usage.layers, "", isTop: true, isTruncated, to: &rows)
        for layer in usage.unused { rows += row(layer, "(unused) ", isTruncated) }
        let shared = shared(usage.layers)
        let unused = usage.unused.reduce(0) { $0 + ($1.size?.treeByteCount ?? 0) }
        let sums = [
            "\(HumanSize.text(usage.layerByteCount)) in all", "\(HumanSize.text(shared)) shared",
            "\(HumanSize.text(unused)) unused",
        ]
        return TablePrinter().format(Array(rows.utf8)) + Array((sums.joined(separator: ", ") + "\n").utf8)
    }

    private static func append(
        _ layers: [StoreUsage.Layer],
        _ indentation: String,
        isTop: Bool,
        _ isTruncated: Bool,
        to rows: inout String
    ) {
        for (place, layer) in layers.enumerated() {
            let isLast = place == layers.count - 1
            // A stack without branches goes straight down: an image of a hundred layers is no staircase.
            let isAlone = layers.count == 1
            let branch = isTop || isAlone ? "" : isLast ? "└─" : "├─"
            rows += row(layer, indentation + branch, isTruncated)
            let next = isTop || isAlone ? "" : isLast ? "  " : "│ "
            append(layer.children, indentation + next, isTop: false, isTruncated, to: &rows)
        }
    }

    private static func row(_ layer: StoreUsage.Layer, _ prefix: String, _ isTruncated: Bool) -> String {
        let names = layer.tops.flatMap { image in
            image.references.isEmpty ? [String(image.id.digest.hex.prefix(12))] : image.references.map(\.familiar)
        }
        let cells = [
            prefix + DigestText.text(layer.diffID.digest, isTruncated: isTruncated),
            layer.size.map { HumanSize.text($0.treeByteCount) } ?? "N/A", layer.size.map { "\($0.fileCount)" } ?? "N/A",
            "\(layer.images.count)", "\(layer.containerCount)", TerminalText.escape(names.joined(separator: ", ")),
        ]
        return cells.joined(separator: "\t") + "\n"
    }

    /// What layers take that several images have, each layer once.
    private static func shared(_ layers: [StoreUsage.Layer]) -> Int64 {
        var users: [DiffID: Set<ImageID>] = [:]
        var sizes: [DiffID: Int64] = [:]
        var pending = layers
        while let layer = pending.popLast() {
            users[layer.diffID, default: []].formUnion(layer.images)
            sizes[layer.diffID] = layer.size?.treeByteCount ?? 0
            pending += layer.children
        }
        return users.filter { $0.value.count > 1 }.reduce(0) { $0 + (sizes[$1.key] ?? 0) }
    }

    /// `{"layers": [{"diffID", "bytes", "files", "images", "topOf", "containers", "children"}], "unused": […], …}`.
    static func object(_ usage: StoreUsage) -> JSONObject {
        [
            "layers": .array(usage.layers.map { .object(object($0)) }),
            "unused": .array(usage.unused.map { .object(object($0)) }),
            "bytes": JSONValue(usage.layerByteCount), "sharedBytes": JSONValue(shared(usage.layers)),
        ]
    }

    private static func object(_ layer: StoreUsage.Layer) -> JSONObject {
        [
            "diffID": .string(layer.diffID.description),
            "bytes": layer.size.map { JSONValue($0.treeByteCount) } ?? .null,
            "files": layer.size.map { JSONValue($0.fileCount) } ?? .null,
            "images": .array(layer.images.map { .string($0.description) }),
            "topOf": .array(layer.tops.flatMap(\.references).map { .string($0.familiar) }),
            "containers": JSONValue(layer.containerCount),
            "children": .array(layer.children.map { .object(object($0)) }),
        ]
    }
}
