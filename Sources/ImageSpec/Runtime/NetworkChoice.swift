/// Which network the process of a container sees.
///
/// Source: docker/cli `docs/reference/commandline/container_run.md`, "network".
public enum NetworkChoice: Hashable, Sendable {
    /// A loopback device of its own and nothing else.
    case none
    /// That of the host.
    case host
    /// That of another container that runs, by its name or ID.
    case container(String)

    /// Reads what a user writes: `none`, `host` or `container:NAME`; gives nil for all else.
    public init?(parsing text: String) {
        switch text {
        case "none": self = .none
        case "host": self = .host
        default:
            let prefix = "container:"
            guard text.hasPrefix(prefix), text.utf8.count > prefix.utf8.count else { return nil }
            self = .container(String(text.dropFirst(prefix.count)))
        }
    }

    /// What a user writes.
    public var text: String {
        switch self {
        case .none: "none"
        case .host: "host"
        case .container(let name): "container:" + name
        }
    }
}
