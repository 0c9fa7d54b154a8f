import ImageSpec
import LayerStorage

/// What a container remembers of the way in which its mounts were asked for.
extension ContainerRecord {
    static let mountsKey = "mountRequests"

    /// The requests under the names of Docker's API.
    var mountRequests: JSONObject { self[member: Self.mountsKey]?.objectValue ?? JSONObject() }
}
