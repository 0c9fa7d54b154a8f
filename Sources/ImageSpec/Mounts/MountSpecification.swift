/// What a user asks to have mounted, as `--mount` says it and Docker's API has it.
///
/// Source: moby `api/types/mount/mount.go`, `Mount`.
public struct MountSpecification: Hashable, Sendable {
    /// What concerns a bind alone.
    struct Bind: Hashable {
        var propagation = ""
        var recursion = BindRecursion.enabled
        var createsSource = false
    }

    /// What concerns a volume alone.
    struct Volume: Hashable {
        var isCopyingDisabled = false
        var subpath = ""
        var labels: [String: String] = [:]
        var driver = ""
        var options: [String: String] = [:]
    }

    /// What concerns a tmpfs alone.
    struct Tmpfs: Hashable {
        var byteCount: Int64 = 0
        var mode: UInt32 = 0
    }

    /// The type as it was written, which may be none that exists.
    var type = MountKind.volume.rawValue
    var source = ""
    var target = ""
    var isReadOnly = false
    var consistency = ""
    var bind: Bind?
    var volume: Volume?
    var imageSubpath: String?
    var tmpfs: Tmpfs?
}

extension MountSpecification {
    /// The request in the form of Docker's API; what is empty is left out.
    package var json: JSONObject {
        var json = JSONObject([("Type", .string(type))])
        json["Source"] = source.isEmpty ? nil : .string(source)
        json["Target"] = .string(target)
        json["ReadOnly"] = isReadOnly ? true : nil
        json["Consistency"] = consistency.isEmpty ? nil : .string(consistency)
        json["BindOptions"] = bind.map { .object($0.json) }
        json["VolumeOptions"] = volume.map { .object($0.json) }
        json["ImageOptions"] = imageSubpath.map { ["Subpath": .string($0)] }
        json["TmpfsOptions"] = tmpfs.map { .object($0.json) }
        return json
    }
}

extension MountSpecification.Bind {
    fileprivate var json: JSONObject {
        var json = JSONObject()
        json["Propagation"] = propagation.isEmpty ? nil : .string(propagation)
        json["NonRecursive"] = recursion == .disabled ? true : nil
        json["CreateMountpoint"] = createsSource ? true : nil
        json["ReadOnlyNonRecursive"] = recursion == .writable ? true : nil
        json["ReadOnlyForceRecursive"] = recursion == .readonly ? true : nil
        return json
    }
}

extension MountSpecification.Volume {
    fileprivate var json: JSONObject {
        var json = JSONObject()
        json["NoCopy"] = isCopyingDisabled ? true : nil
        json["Labels"] = labels.isEmpty ? nil : .object(JSONObject(texts: labels))
        json["Subpath"] = subpath.isEmpty ? nil : .string(subpath)
        guard !driver.isEmpty || !options.isEmpty else { return json }
        var config = JSONObject()
        config["Name"] = driver.isEmpty ? nil : .string(driver)
        config["Options"] = options.isEmpty ? nil : .object(JSONObject(texts: options))
        json["DriverConfig"] = .object(config)
        return json
    }
}

extension MountSpecification.Tmpfs {
    fileprivate var json: JSONObject {
        var json = JSONObject()
        json["SizeBytes"] = byteCount == 0 ? nil : JSONValue(byteCount)
        json["Mode"] = mode == 0 ? nil : JSONValue(mode)
        return json
    }
}
