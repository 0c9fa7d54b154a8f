/// Where a benchmark works, in a directory of its own that goes afterwards.
public enum BenchmarkPlace: Hashable, Sendable {
    /// On the file system of the store, beside it.
    case store
    /// On a file system in memory, which root can mount.
    case memory
    /// On a file system in a file, which root can make and mount: `ext4`, `xfs` or `btrfs`.
    case loop(type: String)
    /// In a directory, by its path.
    case directory(String)

    /// The types of file systems that can be made in a file.
    public static let loopTypes = ["ext4", "xfs", "btrfs"]

    /// Reads what a user wrote: `store`, `tmpfs`, `loop` or `loop:TYPE`; nil for anything else.
    ///
    /// - Parameter text: The text.
    public init?(_ text: String) {
        switch text {
        case "store": self = .store
        case "tmpfs": self = .memory
        case "loop": self = .loop(type: Self.loopTypes[0])
        default:
            guard let type = Self.loopTypes.first(where: { text == "loop:\($0)" }) else { return nil }
            self = .loop(type: type)
        }
    }

    /// The name that stands in a report.
    var name: String {
        switch self {
        case .store: "store"
        case .memory: "tmpfs"
        case .loop(let type): "loop:\(type)"
        case .directory: "dir"
        }
    }
}
