import ImageSpec

/// A plugin that keeps volumes, as its client sees it.
///
/// All that it says is outside data: sizes and nesting are limited, paths are absolute, and no control character of a reason gets on.
///
/// Source: Docker's pages "Docker Plugin API" and "Docker volume plugins", version 1 of the protocol.
package struct VolumePlugin: Sendable {
    private static let role = "VolumeDriver"

    /// What it is called.
    package let name: String
    private let connection: PluginConnection

    /// Finds a plugin, and asks whether it keeps volumes.
    ///
    /// - Parameters:
    ///   - name: The plugin.
    ///   - search: Where to look.
    ///   - limits: How long to wait for it.
    /// - Throws: `PluginError`, of kind `notFound` where there is none of that name.
    package init(
        named name: String,
        in search: PluginSearch = PluginSearch(),
        limits: PluginLimits = .standard
    ) throws(PluginError) {
        self.name = name
        connection = PluginConnection(plugin: name, socketPath: try search.socket(of: name), limits: limits)
        let call = "Plugin.Activate"
        let roles = try connection.call(call, nil)["Implements"]?.arrayValue ?? []
        guard roles.contains(.string(Self.role)) else {
            // Source: moby `pkg/plugins/plugins.go`, `ErrNotImplements`.
            throw connection.failure(
                .keepsNoVolumes,
                call,
                "Plugin does not implement the requested driver (\(Self.role))"
            )
        }
    }

    /// Makes a volume.
    ///
    /// - Parameters:
    ///   - volume: Its name.
    ///   - options: What the user gives the plugin with it.
    /// - Throws: `PluginError`.
    package func create(_ volume: String, options: [String: String]) throws(PluginError) {
        let texts = options.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
        _ = try call("Create", volume, [("Opts", .object(JSONObject(texts)))], isLong: true)
    }

    /// Removes a volume.
    ///
    /// - Parameter volume: Its name.
    /// - Throws: `PluginError`.
    package func remove(_ volume: String) throws(PluginError) {
        _ = try call("Remove", volume)
    }

    /// Makes the files of a volume appear on the host.
    ///
    /// - Parameters:
    ///   - volume: Its name.
    ///   - id: Who uses it; the same is to be given to `unmount(_:id:)`.
    /// - Returns: The absolute path of its files.
    /// - Throws: `PluginError`.
    package func mount(_ volume: String, id: String) throws(PluginError) -> String {
        let answer = try call("Mount", volume, [("ID", .string(id))], isLong: true)
        guard let path = try path(in: answer, "Mount") else {
            throw failure("Mount", "the answer has no Mountpoint")
        }
        return path
    }

    /// Tells the plugin that one who used a volume does so no longer.
    ///
    /// - Parameters:
    ///   - volume: Its name.
    ///   - id: Who used it.
    /// - Throws: `PluginError`.
    package func unmount(_ volume: String, id: String) throws(PluginError) {
        _ = try call("Unmount", volume, [("ID", .string(id))])
    }

    /// Where a volume's files are.
    ///
    /// - Parameter volume: Its name.
    /// - Returns: The absolute path; nil where the plugin has none now.
    /// - Throws: `PluginError`.
    package func path(of volume: String) throws(PluginError) -> String? {
        try path(in: call("Path", volume), "Path")
    }

    /// Finds a volume.
    ///
    /// - Parameter volume: Its name.
    /// - Returns: The volume; nil when the plugin says that it has none, in whatever words.
    /// - Throws: `PluginError` for a plugin that does not answer.
    package func volume(_ volume: String) throws(PluginError) -> PluginVolume? {
        let answer: JSONObject
        do throws(PluginError) {
            answer = try call("Get", volume)
        } catch {
            guard error.kind == .refused else { throw error }
            return nil
        }
        guard let json = answer["Volume"], !json.isNull else { return nil }
        guard let found = PluginVolume(json), found.name == volume else {
            throw failure("Get", "the answer's Volume is none, or another one")
        }
        return found
    }

    /// All volumes that the plugin knows.
    ///
    /// - Throws: `PluginError`.
    package func volumes() throws(PluginError) -> [PluginVolume] {
        let volumes = try connection.call("\(Self.role).List", JSONObject())["Volumes"] ?? .null
        guard !volumes.isNull else { return [] }
        guard let elements = volumes.arrayValue else { throw failure("List", "the answer's Volumes are no list") }
        var found: [PluginVolume] = []
        for element in elements {
            guard let volume = PluginVolume(element) else {
                throw failure("List", "element \(found.count) of the answer's Volumes is no volume")
            }
            found.append(volume)
        }
        return found
    }

    /// Where the volumes can be had: `local` on this machine, `global` on all of a cluster.
    ///
    /// A plugin that does not say is local, as with Docker.
    ///
    /// Source: moby `daemon/volume/drivers/adapter.go`, `getCapabilities`.
    package func scope() -> String {
        // reason: the call is younger than the protocol
        let answer = try? connection.call("\(Self.role).Capabilities", JSONObject())
        let scope = answer?["Capabilities"]?["Scope"]?.stringValue?.lowercased() ?? ""
        return scope == "global" ? scope : "local"
    }

    private func call(
        _ verb: String,
        _ volume: String,
        _ members: [(String, JSONValue)] = [],
        isLong: Bool = false
    ) throws(PluginError) -> JSONObject {
        let body = JSONObject([("Name", .string(volume))] + members)
        return try connection.call("\(Self.role).\(verb)", body, isLong: isLong)
    }

    private func path(in answer: JSONObject, _ verb: String) throws(PluginError) -> String? {
        guard let value = answer["Mountpoint"], !value.isNull, value.stringValue != "" else { return nil }
        guard let path = value.stringValue, PluginVolume.isPath(path) else {
            throw failure(verb, "the answer's Mountpoint is no absolute path")
        }
        return path
    }

    private func failure(_ verb: String, _ reason: String) -> PluginError {
        connection.failure(.failed, "\(Self.role).\(verb)", reason)
    }
}
