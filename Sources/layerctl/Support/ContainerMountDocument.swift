import ImageSpec
import LayerKit
import TextOutput

/// What `container inspect` says of a container's mounts.
///
/// Source: moby `api/types/container/container.go`, `MountPoint`; `api/types/container/hostconfig.go`; contract 3.9.
enum ContainerMountDocument {
    /// The mounts, their members in Docker's order; what `--tmpfs` asks for is none of them, as with Docker.
    static func mounts(_ container: ContainerDetails) -> JSONValue {
        .array(container.mounts.filter { $0.tmpfsOptions == nil }.map { .object(object($0)) })
    }

    private static func object(_ mount: ContainerMount) -> JSONObject {
        var json = JSONObject([("Type", .string(mount.kind.rawValue))])
        json["Name"] = mount.name.map { .string($0) }
        json["Source"] = .string(mount.source)
        json["Destination"] = .string(mount.destination)
        json["Driver"] = mount.driver.map { .string($0) }
        json["Mode"] = .string(mount.mode)
        json["RW"] = .bool(!mount.isReadOnly)
        json["Propagation"] = .string(mount.propagation)
        return json
    }

    /// What was asked for when the container was made.
    static func hostConfig(_ container: ContainerDetails) -> JSONObject {
        let requests = container.mountRequests
        var json = JSONObject([
            ("Binds", requests["Binds"] ?? .null), ("VolumeDriver", requests["VolumeDriver"] ?? ""),
            ("VolumesFrom", requests["VolumesFrom"] ?? .null),
        ])
        json["Mounts"] = requests["Mounts"]?.arrayValue.map { .array($0.map(inDockersOrder)) }
        json["Tmpfs"] = requests["Tmpfs"]
        return json
    }

    /// A request with its members in the order of Docker's type: the record has them by name.
    private static func inDockersOrder(_ request: JSONValue) -> JSONValue {
        .object(JSONObject(requestFields.compactMap { field in request[field.key].map { (field.key, $0) } }))
    }

    /// The volumes of the image and those that nobody named, for the config; nil when there are none.
    static func volumes(_ container: ContainerDetails) -> JSONValue? {
        guard let own = container.mountRequests["Volumes"]?.objectValue else { return nil }
        var volumes = container.image?.config.config["Volumes"]?.objectValue ?? JSONObject()
        for member in own.members { volumes[member.key] = member.value }
        return .object(volumes)
    }

    /// What templates see of a mount.
    static let fields: KeyValuePairs<String, TemplateShape> = [
        "Type": .text, "Name": .text, "Source": .text, "Destination": .text, "Driver": .text, "Mode": .text,
        "RW": .bool,
        "Propagation": .text,
    ]

    /// Source: moby `api/types/mount/mount.go`, `Mount`.
    private static let requestFields: KeyValuePairs<String, TemplateShape> = [
        "Type": .text, "Source": .text, "Target": .text, "ReadOnly": .bool, "Consistency": .text, "BindOptions": .any,
        "VolumeOptions": .any, "ImageOptions": .any, "TmpfsOptions": .any,
    ]

    /// What templates see of `HostConfig`.
    static let hostConfigFields: KeyValuePairs<String, TemplateShape> = [
        "Binds": .list(.text), "VolumeDriver": .text, "VolumesFrom": .list(.text),
        "Mounts": .list(.record(requestFields)),
        "Tmpfs": .map(.text),
    ]
}
