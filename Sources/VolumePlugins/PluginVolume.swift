package import ImageSpec
package import LayerModel

/// A volume as a plugin tells of it.
///
/// Source: Docker's page "Docker volume plugins", `/VolumeDriver.Get` and `/VolumeDriver.List`.
package struct PluginVolume: Sendable {
    /// What the plugin calls it.
    package let name: String
    /// Where its files lie on the host, absolute; nil where the plugin does not say, as it may while nobody uses the volume.
    package let path: String?
    /// When it was made; nil where the plugin does not say.
    package let created: Timestamp?
    /// What the plugin has to say of it; nil for nothing.
    package let status: JSONObject?

    /// Reads it; nil where that is no volume.
    init?(_ json: JSONValue) {
        guard let name = json["Name"]?.stringValue, !name.isEmpty, !name.utf8.contains(0) else { return nil }
        self.name = name
        switch json["Mountpoint"] ?? .null {
        case .null: path = nil
        case .string(let text) where text.isEmpty: path = nil
        case .string(let text) where Self.isPath(text): path = text
        default: return nil
        }
        created = json["CreatedAt"]?.stringValue.flatMap { Timestamp(rfc3339: $0) }
        let status = json["Status"]?.objectValue
        self.status = status?.isEmpty == false ? status : nil
    }

    /// Whether a text can be the path of a volume: what is relative would be another place for each who looks.
    static func isPath(_ text: String) -> Bool {
        text.hasPrefix("/") && !text.utf8.contains(0) && text.utf8.count < pathByteLimit
    }

    /// Source: man 7 path_resolution, `PATH_MAX`.
    private static let pathByteLimit = 4096
}
