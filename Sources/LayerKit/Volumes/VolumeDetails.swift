public import ImageSpec
public import LayerModel
import LayerStorage
import VolumePlugins

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
    /// Where its files lie on the host; empty for a plugin's volume that nobody uses, where the plugin does not say.
    public let path: String
    /// When it was made; nil where nobody knows.
    public let created: Timestamp?
    /// Where it can be had: `local` on this machine, or `global` on all of a cluster.
    public let scope: String
    /// What its plugin has to say of it; nil for nothing.
    public let status: JSONObject?
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

    /// A volume of the store itself, or one whose plugin does not answer.
    init(_ record: VolumeRecord, path: String, users: [ContainerID], size: Size?) {
        self.init(DrivenVolume(record), path: path, scope: Self.localScope, users: users, size: size)
    }

    /// A volume as its driver tells of it.
    init(_ volume: DrivenVolume, path: String, scope: String, users: [ContainerID], size: Size? = nil) {
        let record = volume.record
        name = record.name
        driver = record.driver
        self.path = path
        created = volume.told.map(\.created) ?? record.created
        self.scope = scope
        status = volume.told?.status
        labels = record.labels
        options = record.options
        isAnonymous = record.isAnonymous
        self.users = users
        self.size = size
    }

    private static let localScope = "local"
}
