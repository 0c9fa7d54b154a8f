import ImageSpec
import LayerKit
import TextOutput

/// What `info` says.
enum InfoDocument {
    /// The document for JSON and templates.
    static func object(_ info: StoreInfo) -> JSONObject {
        [
            "Root": .string(info.root),
            "Exists": .bool(info.exists),
            "Driver": .string(info.driver),
            "DriverReason": .string(info.driverReason),
            "RejectedDrivers": .array(
                info.rejectedDrivers.map { ["Name": .string($0.name), "Reason": .string($0.reason)] }
            ),
            "FileSystem": .string(info.fileSystem),
            "AvailableBytes": JSONValue(info.availableByteCount),
            "Containers": JSONValue(info.containerCount),
            "Images": JSONValue(info.imageCount),
            "Layers": JSONValue(info.layerCount),
            "Names": JSONValue(info.nameCount),
            "LayerBytes": JSONValue(info.layerByteCount),
            "FormatVersion": JSONValue(info.formatVersion),
            "Limits": .object(LimitTable.object(info.limits)),
        ]
    }

    /// What a template may ask for.
    static let shape = TemplateShape.record([
        "Root": .text, "Exists": .bool, "Driver": .text, "DriverReason": .text, "RejectedDrivers": .list(.any),
        "FileSystem": .text, "AvailableBytes": .integer, "Containers": .integer, "Images": .integer, "Layers": .integer,
        "Names": .integer, "LayerBytes": .integer, "FormatVersion": .integer, "Limits": .any,
    ])

    /// The lines for people.
    static func lines(_ info: StoreInfo) -> String {
        var lines = [
            "Root: \(info.root)\(info.exists ? "" : " (not made yet)")",
            "Driver: \(info.driver) (\(info.driverReason))",
        ]
        lines += info.rejectedDrivers.map { " not \($0.name): \($0.reason)" }
        lines += [
            "File system: \(info.fileSystem), \(HumanSize.text(info.availableByteCount)) available",
            "Containers: \(info.containerCount)",
            "Images: \(info.imageCount)",
            "Names: \(info.nameCount)",
            "Layers: \(info.layerCount), \(HumanSize.text(info.layerByteCount))",
            "Store format: \(info.formatVersion)",
        ]
        let changes = LimitTable.changes(info.limits)
        lines.append("Limits: \(changes.isEmpty ? "standard" : changes)")
        return lines.map { TerminalText.escape($0) + "\n" }.joined()
    }
}
