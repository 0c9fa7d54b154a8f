/// What is wanted of a further process in a container that runs.
public struct ExecOptions: Sendable {
    /// Variables as NAME=VALUE, above those of the container's process.
    public var environment: [String] = []
    /// Where it begins, absolute; nil for where the container's process does.
    public var workingDirectory: String?
    /// The user, USER[:GROUP] by name or number; nil for that of the container's process.
    public var user: String?
    /// Whether it gets a terminal.
    public var hasTerminal = false
    /// Whether it can read the standard input.
    public var keepsInput = false
    /// Whether it goes on when this process has ended.
    public var isDetached = false
    /// The OCI runtime: as for `RunOptions`.
    public var runtime: String?

    /// Asks for what the container's process has.
    public init() {}
}
