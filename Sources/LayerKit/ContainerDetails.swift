public import ImageSpec
public import LayerModel

/// What is known of a container: a read-write layer above the layers of an image.
public struct ContainerDetails: Sendable {
    /// What a container is doing.
    public enum State: String, Sendable {
        /// It is there.
        case created
        /// It is there, and shown somewhere as a directory.
        case mounted
        /// Its process runs.
        case running
        /// Its process has ended.
        case exited

        /// Whether somebody works in the container.
        public var isInUse: Bool { self == .running || self == .mounted }
    }

    /// The container's identity.
    public let id: ContainerID
    /// What people call it.
    public let name: String
    /// When it was made.
    public let created: Timestamp
    /// The image that it was made of.
    public let imageID: ImageID
    /// What the user called the image then.
    public let imageName: String
    /// The image as it stands now; nil when it is damaged.
    public let image: ImageDetails?
    /// The layers below the container's own, the lowest first.
    public let layers: [DiffID]
    /// The labels that it was given, beside those of the image.
    public let ownLabels: [String: String]
    /// What is mounted in it, what lies less deep first; of a volume with the place of its files on the host as the source.
    public let mounts: [ContainerMount]
    /// How its mounts were asked for, under the names of Docker's API.
    public let mountRequests: JSONObject
    /// What is wanted of its process, beside what the image says.
    public let process: ProcessSettings
    /// Where its directories lie.
    public let location: ContainerLocation
    /// Where it is mounted, as bytes; none when it is not.
    public let mountPoints: [[UInt8]]
    /// What its own layer holds, in bytes, each file once; nil where that was not asked for or cannot be told.
    public let upperByteCount: Int64?

    /// What became of its process.
    public let run: RunState

    /// What the container is doing.
    public var state: State {
        if run.isRunning { return .running }
        if !mountPoints.isEmpty { return .mounted }
        return run.started == nil ? .created : .exited
    }

    /// The labels of the image, and the container's own above them.
    public var labels: [String: String] {
        var labels: [String: String] = [:]
        for member in image?.config.config["Labels"]?.objectValue?.members ?? [] {
            labels[member.key] = member.value.stringValue
        }
        return labels.merging(ownLabels) { $1 }
    }

    /// What runs in it: the entry point and the command.
    public var command: [String] { process.arguments(of: image?.config.config ?? JSONObject()) }
}
