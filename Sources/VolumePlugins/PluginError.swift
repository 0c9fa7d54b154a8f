import LayerModel

/// Why a plugin does not do what it was asked for.
package struct PluginError: Error, Sendable {
    /// What a caller may want to tell apart.
    package enum Kind: Hashable, Sendable {
        /// There is no plugin of that name.
        case notFound
        /// The plugin is there, and keeps no volumes.
        case keepsNoVolumes
        /// The plugin answered that it does not do it.
        case refused
        /// It cannot be reached, took too long, or answered what is no answer.
        case failed
    }

    /// What a caller may want to tell apart.
    package let kind: Kind
    /// The plugin.
    package let plugin: String
    /// The call, as the protocol names it (`VolumeDriver.Mount`); empty where none was made.
    package let call: String
    /// The reason, one line without control characters.
    package let reason: String

    init(_ kind: Kind, _ plugin: String, call: String = "", _ reason: String) {
        self.kind = kind
        self.plugin = plugin
        self.call = call
        self.reason = EscapedText.line(reason)
    }

    /// Source: moby `pkg/plugingetter`, `pkg/plugins`; `docker volume create -d`.
    static func notFound(_ plugin: String) -> PluginError {
        PluginError(.notFound, plugin, "not found")
    }
}

extension PluginError: CustomStringConvertible {
    /// One line: the plugin, the call and the reason.
    package var description: String {
        let name = "plugin \(EscapedText.quoted(plugin.utf8))"
        if kind == .notFound { return "\(name) \(reason)" }
        return [name, call, reason].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
