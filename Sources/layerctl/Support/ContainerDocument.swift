import ImageSpec
import LayerKit
import LayerModel
import TextOutput

/// What `container inspect` says.
///
/// Source: moby `api/types/types.go`, `ContainerJSONBase` and `ContainerJSON`.
enum ContainerDocument {
    /// The document, its members in Docker's order.
    static func object(_ container: ContainerDetails, hasSizes: Bool) -> JSONObject {
        let command = container.command
        var members: [(String, JSONValue)] = [
            ("Id", .string(container.id.hex)),
            ("Created", .string(container.created.rfc3339())),
            ("Path", .string(command.first ?? "")),
            ("Args", .array(command.dropFirst().map { .string($0) })),
            ("State", .object(state(container))),
            ("Image", .string(container.imageID.description)),
            ("Name", .string("/" + container.name)),
            ("GraphDriver", graphDriver(container)),
        ]
        if hasSizes {
            members.append(("SizeRw", container.upperByteCount.map { JSONValue($0) } ?? .null))
            members.append(("SizeRootFs", ContainerTable.totalByteCount(container).map { JSONValue($0) } ?? .null))
        }
        members.append(("HostConfig", .object(ContainerMountDocument.hostConfig(container))))
        members.append(("Mounts", ContainerMountDocument.mounts(container)))
        members.append(("Config", .object(config(container))))
        return JSONObject(members)
    }

    private static func state(_ container: ContainerDetails) -> JSONObject {
        let run = container.run
        var state: JSONObject = ["Status": .string(container.state.rawValue)]
        guard let started = run.started else { return state }
        state["Running"] = .bool(run.isRunning)
        state["Pid"] = JSONValue(run.processID ?? 0)
        state["ExitCode"] = JSONValue(run.status)
        state["Error"] = .string(run.failure)
        state["StartedAt"] = .string(started.rfc3339())
        state["FinishedAt"] = .string(run.finished?.rfc3339() ?? "0001-01-01T00:00:00Z")
        return state
    }

    private static func graphDriver(_ container: ContainerDetails) -> JSONValue {
        let location = container.location
        let merged = container.mountPoints.first.map { String(decoding: $0, as: UTF8.self) } ?? location.mergedPath
        let data: JSONValue = [
            "LowerDir": .string(location.lowerPaths.joined(separator: ":")),
            "MergedDir": .string(merged),
            "UpperDir": .string(location.upperPath),
            "WorkDir": .string(location.workPath),
        ]
        return ["Data": data, "Name": "overlay"]
    }

    /// The image's config with what is the container's own.
    private static func config(_ container: ContainerDetails) -> JSONObject {
        var config = container.image?.config.config ?? JSONObject()
        config["Image"] = .string(container.imageName)
        var labels = config["Labels"]?.objectValue ?? JSONObject()
        for (key, value) in container.ownLabels.sorted(by: { $0.key < $1.key }) { labels[key] = .string(value) }
        if !labels.isEmpty { config["Labels"] = .object(labels) }
        if let volumes = ContainerMountDocument.volumes(container) { config["Volumes"] = volumes }
        return config
    }

    /// What templates see: Docker's fields of what does not run here have the values of a container that never ran.
    static let shape = TemplateShape.record([
        "Id": .text, "Created": .text, "Path": .text, "Args": .list(.text), "State": .record(stateFields),
        "Image": .text, "Name": .text, "Driver": .text, "Platform": .text,
        "GraphDriver": .record(["Data": .map(.text), "Name": .text]), "SizeRw": .integer, "SizeRootFs": .integer,
        "HostConfig": .record(ContainerMountDocument.hostConfigFields),
        "Mounts": .list(.record(ContainerMountDocument.fields)), "Config": .record(configFields),
    ])

    private static let stateFields: KeyValuePairs<String, TemplateShape> = [
        "Status": .text, "Running": .bool, "Paused": .bool, "Restarting": .bool, "OOMKilled": .bool, "Dead": .bool,
        "Pid": .integer, "ExitCode": .integer, "Error": .text, "StartedAt": .text, "FinishedAt": .text,
    ]

    /// Source: moby `api/types/container/config.go`.
    private static let configFields: KeyValuePairs<String, TemplateShape> = [
        "Hostname": .text, "Domainname": .text, "User": .text, "AttachStdin": .bool, "AttachStdout": .bool,
        "AttachStderr": .bool, "ExposedPorts": .map(.any), "Tty": .bool, "OpenStdin": .bool, "StdinOnce": .bool,
        "Env": .list(.text), "Cmd": .list(.text), "Healthcheck": .any, "ArgsEscaped": .bool, "Image": .text,
        "Volumes": .map(.any), "WorkingDir": .text, "Entrypoint": .list(.text), "NetworkDisabled": .bool,
        "MacAddress": .text, "OnBuild": .list(.text), "Labels": .map(.text), "StopSignal": .text,
        "StopTimeout": .integer, "Shell": .list(.text),
    ]
}
