extension ContainerMount {
    /// The mount as a container's record keeps it; what has its usual value is left out.
    package var json: JSONObject {
        var json = JSONObject([("type", .string(kind.rawValue))])
        json["name"] = name.map { .string($0) }
        json["source"] = source.isEmpty ? nil : .string(source)
        json["destination"] = .string(destination)
        json["driver"] = driver.map { .string($0) }
        json["mode"] = mode.isEmpty ? nil : .string(mode)
        json["rw"] = .bool(!isReadOnly)
        json["propagation"] = propagation.isEmpty ? nil : .string(propagation)
        json["subpath"] = subpath.map { .string($0) }
        json["nocopy"] = isCopyingDisabled ? true : nil
        json["recursion"] = recursion == .enabled ? nil : .string(recursion.rawValue)
        json["tmpfsSize"] = tmpfsByteCount.map { JSONValue($0) }
        json["tmpfsMode"] = tmpfsMode.map { JSONValue($0) }
        json["tmpfsOptions"] = tmpfsOptions.map { .string($0) }
        json["anonymous"] = isAnonymous ? true : nil
        return json
    }

    /// Reads what a record keeps; nil where that is no mount.
    package init?(_ json: JSONValue) {
        guard let kind = json["type"]?.stringValue.flatMap(MountKind.init(rawValue:)),
            let destination = json["destination"]?.stringValue, destination.hasPrefix("/"), destination.count > 1,
            let recursion = BindRecursion(rawValue: json["recursion"]?.stringValue ?? BindRecursion.enabled.rawValue)
        else { return nil }
        self.init(kind, at: destination)
        name = json["name"]?.stringValue
        if kind == .volume, name == nil { return nil }
        source = json["source"]?.stringValue ?? ""
        driver = json["driver"]?.stringValue
        mode = json["mode"]?.stringValue ?? ""
        isReadOnly = json["rw"]?.boolValue == false
        propagation = json["propagation"]?.stringValue ?? ""
        subpath = json["subpath"]?.stringValue
        isCopyingDisabled = json["nocopy"]?.boolValue == true
        self.recursion = recursion
        tmpfsByteCount = json["tmpfsSize"]?.int64Value
        tmpfsMode = json["tmpfsMode"]?.int64Value.flatMap { UInt32(exactly: $0) }
        tmpfsOptions = json["tmpfsOptions"]?.stringValue
        isAnonymous = json["anonymous"]?.boolValue == true
    }
}
