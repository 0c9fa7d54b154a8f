extension RuntimeConfig {
    /// The usual search path.
    package static let searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// The variables: those of the image as they stand, those of the user in their places, and what else a process needs.
    ///
    /// What is added by itself never replaces a name that is set. Source: contract L-135.
    package var environment: [String] {
        let own = (image.config["Env"]?.arrayValue ?? []).compactMap(\.stringValue)
        let variables = EnvironmentList.merged(own, with: settings.environment)
        var additions = [("PATH", Self.searchPath), ("HOSTNAME", settings.hostname ?? hostname)]
        if settings.hasTerminal { additions.append(("TERM", "xterm")) }
        additions.append(("HOME", user.home ?? "/"))
        let names = Set(variables.map(EnvironmentList.name))
        return variables + additions.filter { !names.contains($0.0) }.map { "\($0.0)=\($0.1)" }
    }

    /// What is known of the image; its labels stand above that.
    ///
    /// Source: contract L-137; OCI image-spec `conversion.md`, "Annotation Fields".
    var annotations: JSONObject {
        var annotations = JSONObject()
        let prefix = "org.opencontainers.image."
        let facts = [
            ("os", image.os), ("architecture", image.architecture), ("variant", image.variant),
            ("os.version", image.osVersion), ("author", image.author), ("created", image.createdText),
            ("stopSignal", image.config["StopSignal"]?.stringValue),
        ]
        for (key, text) in facts {
            if let text, !text.isEmpty { annotations[prefix + key] = .string(text) }
        }
        let ports = (image.config["ExposedPorts"]?.objectValue?.sortedMembers ?? []).map(\.key)
        if !ports.isEmpty { annotations[prefix + "exposedPorts"] = .string(ports.joined(separator: ",")) }
        for member in image.config["Labels"]?.objectValue?.members ?? [] {
            if let text = member.value.stringValue { annotations[member.key] = .string(text) }
        }
        return annotations
    }
}
