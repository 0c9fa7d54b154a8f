public import LayerModel
import LayerStorage

/// What is known of a volume: a directory of the host that outlives the containers which use it.
public struct VolumeDetails: Sendable {
    /// What a volume takes.
    public struct Size: Hashable, Sendable {
        /// What its files hold, in bytes, each file once.
        public let byteCount: Int64
        /// How many files and directories it has, each once.
        public let inodeCount: Int64
    }

    /// What people call it.
    public let name: String
    /// Who keeps its files: `local`, or a plugin.
    public let driver: String
    /// Where its files lie on the host.
    public let path: String
    /// When it was made.
    public let created: Timestamp
    /// The labels.
    public let labels: [String: String]
    /// The options of the driver.
    public let options: [String: String]
    /// Whether nobody gave it a name.
    public let isAnonymous: Bool
    /// The containers that use it, the newest first.
    public let users: [ContainerID]
    /// What it takes; nil where that was not asked for or cannot be told.
    public let size: Size?

    init(_ record: VolumeRecord, path: String, users: [ContainerID], size: Size?) {
        name = record.name
        driver = record.driver
        self.path = path
        created = record.created
        labels = record.labels
        options = record.options
        isAnonymous = record.isAnonymous
        self.users = users
        self.size = size
    }
}
