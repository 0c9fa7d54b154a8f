/// What becomes the `config.json` of a runtime bundle.
///
/// The defaults are Docker's, but for new privileges, which are off.
///
/// Source: OCI runtime-spec 1.0.2 `config.md`, `config-linux.md`; OCI image-spec `conversion.md`; contract L-135 to L-138.
package struct RuntimeConfig: Sendable {
    /// The image's config.
    package var image: ImageConfig
    /// What the user wants beside it.
    package var settings: ProcessSettings
    /// Whose rights the process has.
    package var user: ProcessUser
    /// The directory that becomes the root: absolute, or relative to the bundle.
    package var rootPath: String
    /// What the process calls the machine.
    package var hostname: String
    /// Where the runtime is going to be started.
    package var place: RuntimePlace
    /// The container's own mounts, as the runtime takes them.
    package var mounts: [JSONValue] = []
    /// The filter of system calls; nil for none.
    package var seccomp: JSONObject?
    /// The network namespace of another container; nil where none is joined.
    package var networkPath: String?
    /// Whether the runtime makes control groups.
    package var hasControlGroups = true

    /// Takes what there is no default for.
    package init(
        image: ImageConfig,
        settings: ProcessSettings,
        user: ProcessUser,
        rootPath: String,
        hostname: String,
        place: RuntimePlace
    ) {
        self.image = image
        self.settings = settings
        self.user = user
        self.rootPath = rootPath
        self.hostname = hostname
        self.place = place
    }

    /// The document.
    ///
    /// - Returns: The members, in the order of the specification.
    /// - Throws: `ProcessSettingsError` when there is no command, a capability is unknown, or something cannot be had at that place.
    package func document() throws(ProcessSettingsError) -> JSONObject {
        if settings.limitsGroup && !hasControlGroups {
            throw ProcessSettingsError("limits of memory, processors and processes need control groups: root has them")
        }
        return [
            "ociVersion": "1.0.2",
            "process": .object(try process()),
            "root": ["path": .string(rootPath), "readonly": .bool(settings.hasReadOnlyRoot)],
            "hostname": .string(settings.hostname ?? hostname),
            "mounts": .array(systemMounts + mounts),
            "annotations": .object(annotations),
            "linux": .object(linux),
        ]
    }

    /// The capabilities that the process can get.
    package var capabilities: [String] {
        get throws(ProcessSettingsError) {
            let names = try CapabilityList.names(
                adding: settings.addedCapabilities,
                dropping: settings.droppedCapabilities
            )
            // Nothing else keeps the process from the host's devices where no control group does.
            return hasControlGroups || place != .host ? names : names.filter { $0 != "CAP_MKNOD" }
        }
    }

    /// Where the process begins.
    package var workingDirectory: String {
        let own = image.config["WorkingDir"]?.stringValue ?? ""
        let path = settings.workingDirectory ?? own
        if path.isEmpty { return "/" }
        return path.hasPrefix("/") ? path : "/" + path
    }

    private func process() throws(ProcessSettingsError) -> JSONObject {
        let arguments = settings.arguments(of: image.config)
        guard !arguments.isEmpty, arguments[0] != "" else { throw ProcessSettingsError("no command specified") }
        var account: JSONObject = ["uid": JSONValue(user.uid), "gid": JSONValue(user.gid)]
        if case .user = place {
            // A runtime without rights can set no further groups, and refuses to.
        } else {
            account["additionalGids"] = .array(user.groups.map { JSONValue($0) })
        }
        var process: JSONObject = [
            "terminal": .bool(settings.hasTerminal),
            "user": .object(account),
            "args": Self.array(arguments),
            "env": Self.array(environment),
            "cwd": .string(workingDirectory),
            "capabilities": .object(Self.capabilitySets(Self.array(try capabilities), uid: user.uid)),
            "noNewPrivileges": .bool(!settings.mayGainPrivileges),
        ]
        if !settings.limits.isEmpty {
            process["rlimits"] = .array(
                settings.limits.map { limit in
                    [
                        "type": .string("RLIMIT_" + limit.name.uppercased()), "hard": JSONValue(limit.hard),
                        "soft": JSONValue(limit.soft),
                    ]
                }
            )
        }
        return process
    }

    /// The sets of capabilities of a process.
    ///
    /// Those of a user who is not root come from files alone, and inheritable ones are nobody's (CVE-2022-24769).
    ///
    /// - Parameters:
    ///   - bounding: The names of those that it can get.
    ///   - uid: The user's number.
    /// - Returns: The `capabilities` object.
    package static func capabilitySets(_ bounding: JSONValue?, uid: UInt32) -> JSONObject {
        let names = bounding ?? []
        let own = uid == 0 ? names : []
        return ["bounding": names, "effective": own, "inheritable": [], "permitted": own, "ambient": []]
    }

    static func array(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
}
