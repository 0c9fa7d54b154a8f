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
    /// Where its directories lie.
    public let location: ContainerLocation
    /// Where it is mounted, as bytes; none when it is not.
    public let mountPoints: [[UInt8]]
    /// What its own layer holds, in bytes, each file once; nil where that was not asked for or cannot be told.
    public let upperByteCount: Int64?

    /// What the container is doing.
    public var state: State { mountPoints.isEmpty ? .created : .mounted }

    /// The labels of the image, and the container's own above them.
    public var labels: [String: String] {
        var labels: [String: String] = [:]
        for member in image?.config.config["Labels"]?.objectValue?.members ?? [] {
            labels[member.key] = member.value.stringValue
        }
        return labels.merging(ownLabels) { $1 }
    }

    /// What would run in it: the image's entry point and command.
    public var command: [String] {
        ["Entrypoint", "Cmd"].flatMap { key in
            (image?.config.config[key]?.arrayValue ?? []).compactMap(\.stringValue)
        }
    }
}
