/// What the command line says of the process of a container, above what its image says.
///
/// Source: docker/cli `cli/command/container/opts.go`.
public struct ProcessSettings: Hashable, Sendable {
    /// The command, in place of the image's; empty for the image's own.
    public var command: [String] = []
    /// The entry point, in place of the image's, whose command then does not count either; nil for the image's own.
    public var entrypoint: [String]?
    /// Variables as NAME=VALUE, above those of the image; later ones win.
    public var environment: [String] = []
    /// Where the process begins, absolute; nil for the image's own.
    public var workingDirectory: String?
    /// The user, USER[:GROUP] by name or number; nil for the image's own.
    public var user: String?
    /// Further groups, by name or number.
    public var groups: [String] = []
    /// Whether the process gets a terminal.
    public var hasTerminal = false
    /// Whether it can read what is typed.
    public var keepsInput = false
    /// What it calls the machine; nil for the container's short ID.
    public var hostname: String?
    /// Whether nothing but mounts can be written.
    public var hasReadOnlyRoot = false
    /// Capabilities beside the usual ones, by their names, or `ALL`.
    public var addedCapabilities: [String] = []
    /// Usual capabilities that it does not get, or `ALL`.
    public var droppedCapabilities: [String] = []
    /// Whether it can get more rights than it has, by setuid programs.
    public var mayGainPrivileges = false
    /// The filter of system calls.
    public var seccomp = SeccompChoice.usual
    /// Limits of each process.
    public var limits: [ResourceLimit] = []
    /// The most memory of all processes together, in bytes.
    public var memoryByteCount: Int64?
    /// The processors of all processes together, in billionths of one.
    public var processorNanos: Int64?
    /// The most processes and threads.
    public var processCount: Int64?
    /// The network.
    public var network = NetworkChoice.none
    /// The signal that asks it to end, by name or number; nil for the image's own, or TERM.
    public var stopSignal: String?
    /// How long it may take to end when asked, in seconds; nil for ten.
    public var stopSeconds: Int64?
    /// Whether what it writes is kept, unless that goes to a terminal.
    public var isLogged = true
    /// Whether the container goes when its process has ended.
    public var isRemovedAtEnd = false

    /// Asks for nothing but what the image says.
    public init() {}

    /// Whether all processes together are limited, for which control groups are needed.
    public var limitsGroup: Bool { memoryByteCount != nil || processorNanos != nil || processCount != nil }
}

extension ProcessSettings {
    /// The program and its arguments.
    ///
    /// Source: contract L-135; moby `daemon/commit.go`, `merge`.
    ///
    /// - Parameter config: The `config` member of the image's config.
    /// - Returns: The words; none when neither the image nor the user names any.
    public func arguments(of config: JSONObject) -> [String] {
        let texts = { (key: String) in (config[key]?.arrayValue ?? []).compactMap(\.stringValue) }
        if let entrypoint { return entrypoint + command }
        return texts("Entrypoint") + (command.isEmpty ? texts("Cmd") : command)
    }
}
