import ImageSpec
import LayerStorage

extension ContainerRecord {
    static let processKey = "process"

    /// What the user wants of the container's process.
    var process: ProcessSettings {
        ProcessSettings(self[member: Self.processKey]?.objectValue ?? JSONObject())
    }
}
