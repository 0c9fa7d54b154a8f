extension RuntimeConfig {
    /// Paths that tell of the host, or change it, and that no process needs.
    ///
    /// Source: moby `oci/defaults.go`.
    private static let maskedPaths = [
        "/proc/asound", "/proc/acpi", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
        "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware",
        "/sys/devices/virtual/powercap",
    ]
    private static let readOnlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]

    /// The `linux` member.
    var linux: JSONObject {
        var linux = JSONObject()
        if case .user(let uid, let gid) = place {
            linux["uidMappings"] = [["containerID": 0, "hostID": JSONValue(uid), "size": 1]]
            linux["gidMappings"] = [["containerID": 0, "hostID": JSONValue(gid), "size": 1]]
        }
        linux["namespaces"] = .array(namespaces)
        if hasControlGroups { linux["resources"] = .object(resources) }
        if let seccomp { linux["seccomp"] = .object(seccomp) }
        linux["maskedPaths"] = Self.array(Self.maskedPaths)
        linux["readonlyPaths"] = Self.array(Self.readOnlyPaths)
        return linux
    }

    private var namespaces: [JSONValue] {
        var list: [JSONValue] = ["pid", "ipc", "uts", "mount"].map { ["type": .string($0)] }
        switch settings.network {
        case .host: break
        case .none: list.append(["type": "network"])
        case .container:
            var network: JSONObject = ["type": "network"]
            network["path"] = networkPath.map { .string($0) }
            list.append(.object(network))
        }
        if case .user = place { list.append(["type": "user"]) }
        return list
    }

    /// No device but the usual ones, and what the user limits.
    private var resources: JSONObject {
        var resources: JSONObject = ["devices": [["allow": false, "access": "rwm"]]]
        if let memory = settings.memoryByteCount { resources["memory"] = ["limit": JSONValue(memory)] }
        if let nanos = settings.processorNanos {
            let period: Int64 = 100_000
            resources["cpu"] = ["quota": JSONValue(nanos / (1_000_000_000 / period)), "period": JSONValue(period)]
        }
        if let count = settings.processCount { resources["pids"] = ["limit": JSONValue(count)] }
        return resources
    }

    /// What every process finds mounted.
    var systemMounts: [JSONValue] {
        // The terminals' group, 5, is no group where there are no others.
        let hasTerminalGroup =
            switch place {
            case .host: true
            case .namespace(let hasGroups): hasGroups
            case .user: false
            }
        let terminals = ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"]
        return [
            Self.mount("/proc", "proc", ["nosuid", "noexec", "nodev"]),
            Self.mount("/dev", "tmpfs", ["nosuid", "strictatime", "mode=755", "size=65536k"]),
            Self.mount("/dev/pts", "devpts", terminals + (hasTerminalGroup ? ["gid=5"] : [])),
            Self.mount("/dev/mqueue", "mqueue", ["nosuid", "noexec", "nodev"]),
            Self.mount("/dev/shm", "tmpfs", ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"], source: "shm"),
            systemFiles,
        ]
    }

    /// A new view of the devices belongs to whom the network belongs to; in a user namespace that of the host can only be shown.
    private var systemFiles: JSONValue {
        if place != .host, settings.network != .none {
            return Self.mount("/sys", "none", ["rbind", "nosuid", "noexec", "nodev", "ro"], source: "/sys")
        }
        return Self.mount("/sys", "sysfs", ["nosuid", "noexec", "nodev", "ro"])
    }

    static func mount(_ place: String, _ type: String, _ options: [String], source: String? = nil) -> JSONValue {
        [
            "destination": .string(place), "type": .string(type), "source": .string(source ?? type),
            "options": array(options),
        ]
    }
}
