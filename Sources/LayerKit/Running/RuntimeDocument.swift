import ImageSpec
import LayerModel
import LayerStorage
import LayerSystem

/// Makes the `config.json` of a container's process.
struct RuntimeDocument {
    /// The container.
    let record: ContainerRecord
    /// Its image.
    let image: ImageConfig
    /// What the user wants of the process.
    let settings: ProcessSettings
    /// The open root of the container, with its mounts not in it.
    let root: Directory
    /// How the runtime is told the root.
    let rootPath: String
    /// Where the runtime is going to be started.
    let place: RuntimePlace
    /// Whether the runtime makes control groups.
    let hasControlGroups: Bool
    /// Mounts of the container, as the runtime takes them.
    let mounts: [JSONValue]
    /// The network namespace of another container.
    var networkPath: String?

    /// What the runtime gets; makes the directory that the process begins in.
    func config() throws -> RuntimeConfig {
        let tree = ContainerRoot(root)
        let name = settings.user ?? image.config["User"]?.stringValue ?? ""
        var config = RuntimeConfig(
            image: image,
            settings: settings,
            user: try tree.accounts().user(name, groups: settings.groups),
            rootPath: rootPath,
            hostname: record.id.short,
            place: place
        )
        config.hasControlGroups = hasControlGroups
        config.mounts = mounts + (settings.network == .host ? Self.hostFiles : [])
        config.networkPath = networkPath
        config.seccomp = try SeccompFile.filter(settings.seccomp, capabilities: config.capabilities)
        let directory = config.workingDirectory
        if !record.mounts.contains(where: { (directory + "/").hasPrefix($0.destination + "/") }) {
            try tree.makeDirectories(directory)
        }
        return config
    }

    /// How names of the host's network are found: of use to whom it belongs.
    private static var hostFiles: [JSONValue] {
        ["/etc/hosts", "/etc/resolv.conf"].filter { HostFile.read($0) != nil }.map { path in
            [
                "destination": .string(path), "type": "bind", "source": .string(path),
                "options": ["rbind", "rprivate", "ro"],
            ]
        }
    }
}

extension RuntimePlace {
    /// Where this process is.
    static var current: RuntimePlace {
        guard Host.effectiveUserID == 0 else {
            return .user(uid: Host.effectiveUserID, gid: Host.effectiveGroupID)
        }
        if UserNamespace.isInitial { return .host }
        return .namespace(hasGroups: UserNamespace.hasGroup(5))
    }
}
