import ImageSpec
import LayerKit
import LayerModel
import TextOutput

/// What `volume inspect` says.
///
/// Source: moby `api/types/volume/volume.go`, `Volume`; contract 3.8.
enum VolumeDocument {
    /// The document, its members in Docker's order.
    static func object(_ volume: VolumeDetails, hasSizes: Bool) -> JSONObject {
        var members: [(String, JSONValue)] = []
        if let created = volume.created {
            // Whole seconds, as Docker has them.
            members.append(("CreatedAt", .string(Timestamp(seconds: created.seconds).rfc3339())))
        }
        members += [
            ("Driver", .string(volume.driver)), ("Labels", texts(volume.labels)),
            ("Mountpoint", .string(volume.path)), ("Name", .string(volume.name)), ("Options", texts(volume.options)),
            ("Scope", .string(volume.scope)),
        ]
        if let status = volume.status { members.append(("Status", .object(status))) }
        if hasSizes {
            let usage: JSONObject = [
                "Inodes": JSONValue(volume.size?.inodeCount ?? -1), "RefCount": JSONValue(Int64(volume.users.count)),
                "Size": JSONValue(volume.size?.byteCount ?? -1),
            ]
            members.append(("UsageData", .object(usage)))
        }
        return JSONObject(members)
    }

    private static func texts(_ texts: [String: String]) -> JSONValue {
        guard !texts.isEmpty else { return .null }
        return .object(JSONObject(texts: texts))
    }

    /// What templates see.
    static let shape = TemplateShape.record([
        "CreatedAt": .text, "Driver": .text, "Labels": .map(.text), "Mountpoint": .text, "Name": .text,
        "Options": .map(.text), "Scope": .text, "Status": .map(.any),
        "UsageData": .record(["Inodes": .integer, "RefCount": .integer, "Size": .integer]),
    ])
}
