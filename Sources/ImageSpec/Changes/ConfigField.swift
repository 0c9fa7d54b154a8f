/// A member of `config` that a commit can take away before it changes anything.
///
/// The raw value is the member's name in the JSON.
public enum ConfigField: String, CaseIterable, Hashable, Sendable {
    case command = "Cmd"
    case entrypoint = "Entrypoint"
    case environment = "Env"
    case labels = "Labels"
    case exposedPorts = "ExposedPorts"
    case volumes = "Volumes"
    case user = "User"
    case workingDirectory = "WorkingDir"
    case triggers = "OnBuild"
    case stopSignal = "StopSignal"
    case healthcheck = "Healthcheck"

    /// Finds a field by the name of its member, in capitals or not; nil when there is none of that name.
    public init?(named name: String) {
        let lowercased = name.lowercased()
        guard let field = Self.allCases.first(where: { $0.rawValue.lowercased() == lowercased }) else { return nil }
        self = field
    }
}
