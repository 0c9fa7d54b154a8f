/// How the process of a container is to be run.
public struct RunOptions: Sendable {
    /// The OCI runtime, by its path or name; nil for `LAYERCTL_RUNTIME`, or else crun or runc, whichever works here.
    public var runtime: String?
    /// What shows the container's files: as for `mount`.
    public var driver = "auto"

    /// Asks for whatever works here.
    public init() {}
}
