extension ProcessSettings {
    /// The settings as a container's record keeps them; what has its usual value is left out.
    package var json: JSONObject {
        var json = JSONObject()
        let lists = [
            ("command", command), ("environment", environment), ("groups", groups), ("capAdd", addedCapabilities),
            ("capDrop", droppedCapabilities), ("limits", limits.map(\.text)),
        ]
        for (key, texts) in lists where !texts.isEmpty { json[key] = Self.array(texts) }
        if let entrypoint { json["entrypoint"] = Self.array(entrypoint) }
        let texts = [
            ("workingDirectory", workingDirectory), ("user", user), ("hostname", hostname), ("stopSignal", stopSignal),
        ]
        for (key, text) in texts { json[key] = text.map { .string($0) } }
        let flags = [
            ("terminal", hasTerminal), ("input", keepsInput), ("readOnly", hasReadOnlyRoot),
            ("newPrivileges", mayGainPrivileges), ("remove", isRemovedAtEnd),
            ("unlogged", !isLogged),
        ]
        for (key, flag) in flags where flag { json[key] = true }
        let numbers = [
            ("memory", memoryByteCount), ("nanoProcessors", processorNanos), ("processes", processCount),
            ("stopSeconds", stopSeconds),
        ]
        for (key, number) in numbers { json[key] = number.map { JSONValue($0) } }
        if network != .none { json["network"] = .string(network.text) }
        switch seccomp {
        case .usual: break
        case .unconfined: json["seccomp"] = "unconfined"
        case .file(let path): json["seccomp"] = .string(path)
        }
        return json
    }

    /// Reads what a record keeps; what is missing, or cannot be read, has its usual value, which is the safe one.
    package init(_ json: JSONObject) {
        self.init()
        command = Self.texts(json["command"]) ?? []
        entrypoint = Self.texts(json["entrypoint"])
        environment = Self.texts(json["environment"]) ?? []
        workingDirectory = json["workingDirectory"]?.stringValue
        user = json["user"]?.stringValue
        groups = Self.texts(json["groups"]) ?? []
        hasTerminal = json["terminal"]?.boolValue == true
        keepsInput = json["input"]?.boolValue == true
        hostname = json["hostname"]?.stringValue
        hasReadOnlyRoot = json["readOnly"]?.boolValue == true
        addedCapabilities = Self.texts(json["capAdd"]) ?? []
        droppedCapabilities = Self.texts(json["capDrop"]) ?? []
        mayGainPrivileges = json["newPrivileges"]?.boolValue == true
        // reason: only what was read before is written there
        limits = (Self.texts(json["limits"]) ?? []).compactMap { try? ResourceLimit(parsing: $0) }
        memoryByteCount = json["memory"]?.int64Value
        processorNanos = json["nanoProcessors"]?.int64Value
        processCount = json["processes"]?.int64Value
        network = json["network"]?.stringValue.flatMap(NetworkChoice.init(parsing:)) ?? .none
        stopSignal = json["stopSignal"]?.stringValue
        stopSeconds = json["stopSeconds"]?.int64Value
        isLogged = json["unlogged"]?.boolValue != true
        isRemovedAtEnd = json["remove"]?.boolValue == true
        switch json["seccomp"]?.stringValue {
        case nil: break
        case "unconfined": seccomp = .unconfined
        case let path?: seccomp = .file(path)
        }
    }

    private static func array(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

    private static func texts(_ value: JSONValue?) -> [String]? { value?.arrayValue?.compactMap(\.stringValue) }
}
