import ImageSpec
import LayerModel
import LayerSystem

/// Where plugins are found.
///
/// A plugin NAME is a socket `NAME.sock`, or else a file with the address of one, `NAME.spec` or `NAME.json`; each also in a directory NAME
/// of its own. Sockets come first, whatever directory they lie in.
///
/// Source: moby `pkg/plugins/discovery.go`; Docker's page "Docker Plugin API", "Plugin discovery".
package struct PluginSearch: Hashable, Sendable {
    /// The variable of the environment that names other directories, with colons between them.
    package static let variable = "LAYERCTL_PLUGIN_DIRS"
    private static let usual = ["/run/docker/plugins", "/etc/docker/plugins", "/usr/lib/docker/plugins"]
    private static let socketScheme = "unix://"
    private static let addressByteLimit = 64 << 10

    /// The directories, the first one first.
    let directories: [String]

    /// Looks in the directories of the environment, or in Docker's.
    package init() {
        let own = Host.environment(Self.variable) ?? ""
        self.init(own.isEmpty ? Self.usual : own.split(separator: ":").map(String.init))
    }

    /// Looks in directories.
    ///
    /// - Parameter directories: Their paths.
    package init(_ directories: [String]) {
        self.directories = directories
    }

    /// The names of all plugins, ordered; which of them keep volumes only they can tell.
    ///
    /// A directory that is not there, or cannot be read, has none.
    package func names() -> [String] {
        var names: Set<String> = []
        for path in directories {
            // reason: most machines have none of these directories
            for entry in (try? Directory(path: path).list()) ?? [] {
                guard let text = String(validating: entry, as: UTF8.self) else { continue }
                let name = ["sock", "spec", "json"].first { text.hasSuffix("." + $0) }
                    .map { String(text.dropLast($0.utf8.count + 1)) }
                // reason: what cannot be read is said when it is asked for by its name
                guard let name = name ?? text as String?, (try? address(of: name)) != nil else { continue }
                names.insert(name)
            }
        }
        return names.sorted()
    }

    /// Finds the socket of a plugin.
    ///
    /// - Parameter name: The plugin.
    /// - Returns: The path of its socket.
    /// - Throws: `PluginError`, of kind `notFound` where there is no such plugin.
    func socket(of name: String) throws(PluginError) -> String {
        guard let address = try address(of: name) else { throw PluginError.notFound(name) }
        guard address.hasPrefix(Self.socketScheme + "/") else {
            let reason = "its address is \"\(address)\": only sockets of this machine (unix:///PATH) are supported"
            throw PluginError(.failed, name, reason)
        }
        let path = String(address.dropFirst(Self.socketScheme.count))
        guard !path.utf8.contains(where: { $0 < 32 }) else {
            throw PluginError(.failed, name, "its address is \"\(address)\", which is no path")
        }
        return path
    }

    private func address(of name: String) throws(PluginError) -> String? {
        // One component: nobody's name leads elsewhere.
        guard !name.isEmpty, name != ".", name != "..",
            !name.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 < 32 })
        else { return nil }
        for path in directories.flatMap({ places($0, name, "sock") }) where try kind(path, name) == .socket {
            return Self.socketScheme + path
        }
        for directory in directories {
            for path in places(directory, name, "spec") where try kind(path, name) == .regular {
                return try text(path, name).split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
            }
            for path in places(directory, name, "json") where try kind(path, name) == .regular {
                return try addressInJSON(path, name)
            }
        }
        return nil
    }

    private func places(_ directory: String, _ name: String, _ ending: String) -> [String] {
        ["\(directory)/\(name).\(ending)", "\(directory)/\(name)/\(name).\(ending)"]
    }

    private func kind(_ path: String, _ name: String) throws(PluginError) -> EntryKind? {
        do throws(SystemError) {
            return try HostFile.kind(path)
        } catch {
            throw PluginError(.failed, name, error.description)
        }
    }

    private func text(_ path: String, _ name: String) throws(PluginError) -> String {
        do throws(SystemError) {
            let bytes = try File.openForReading(path: path).readAll(byteLimit: Self.addressByteLimit)
            return String(decoding: bytes, as: UTF8.self)
        } catch {
            throw PluginError(.failed, name, error.description)
        }
    }

    private func addressInJSON(_ path: String, _ name: String) throws(PluginError) -> String {
        let text = try text(path, name)
        do throws(JSONError) {
            return try JSONValue(parsing: Array(text.utf8))["Addr"]?.stringValue ?? ""
        } catch {
            throw PluginError(.failed, name, "\(path): \(error)")
        }
    }
}
