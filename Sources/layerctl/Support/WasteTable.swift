import ImageSpec
import LayerKit
import TextOutput

/// What an image does not need, as text and as JSON.
enum WasteTable {
    /// The paths that waste most, and the sums.
    static func text(_ waste: ImageWaste, limit: Int) -> [UInt8] {
        var rows = Array("KIND\tCOUNT\tSIZE\tPATH\n".utf8)
        for item in waste.items.prefix(limit) {
            let size = HumanSize.text(item.byteCount)
            rows += Array("\(item.kind.rawValue)\t\(item.count)\t\(size)\t\(TerminalText.escape(item.path))\n".utf8)
        }
        var output = waste.items.isEmpty ? [] : TablePrinter().format(rows)
        let left = waste.items.count - min(limit, waste.items.count)
        if left > 0 { output += Array("… and \(left) more\n".utf8) }
        let (overwritten, deleted) = (waste.byteCount(of: .overwritten), waste.byteCount(of: .deleted))
        let wasted = "\(HumanSize.text(overwritten + deleted)) wasted of \(HumanSize.text(waste.byteCount))"
        let parts = "\(HumanSize.text(overwritten)) overwritten, \(HumanSize.text(deleted)) deleted"
        let duplicates = "\(HumanSize.text(waste.byteCount(of: .duplicate))) in duplicates"
        let layers = waste.layerCount == 1 ? "1 layer" : "\(waste.layerCount) layers"
        let efficiency = "efficiency \(percent(waste.efficiency))"
        return output + Array("\(wasted) in \(layers) (\(parts)); \(duplicates); \(efficiency)\n".utf8)
    }

    /// All paths, and the sums in bytes.
    static func object(_ waste: ImageWaste) -> JSONObject {
        [
            "efficiency": .number(decimal(waste.efficiency)),
            "size": JSONValue(waste.byteCount),
            "wasted": JSONValue(waste.byteCount(of: .overwritten, .deleted)),
            "overwritten": JSONValue(waste.byteCount(of: .overwritten)),
            "deleted": JSONValue(waste.byteCount(of: .deleted)),
            "duplicates": JSONValue(waste.byteCount(of: .duplicate)),
            "layers": JSONValue(Int64(waste.layerCount)),
            "files": .array(
                waste.items.map { item in
                    .object([
                        "kind": .string(item.kind.rawValue), "path": .string(FileTable.text(item.path)),
                        "count": JSONValue(Int64(item.count)), "size": JSONValue(item.byteCount),
                    ])
                }
            ),
        ]
    }

    /// A share with two digits behind the point, rounded down: 100% is nothing less.
    static func percent(_ share: Double) -> String {
        let hundredths = Int(share * 10_000)
        let fraction = String(100 + hundredths % 100).dropFirst()
        return "\(hundredths / 100).\(fraction)%"
    }

    private static func decimal(_ share: Double) -> String {
        let millionths = Int(share * 1_000_000)
        return "\(millionths / 1_000_000).\(String(1_000_000 + millionths % 1_000_000).dropFirst())"
    }
}
