/// What Go's `json.Marshal` makes of Docker's `container.Config`: the members in their order, some left out when blank.
///
/// Source: moby 20.10 `api/types/container/config.go`.
struct LegacyContainerConfig {
    private let node: SpecNode?
    private var object = JSONObject()

    private init(_ node: SpecNode?) {
        self.node = node
    }

    /// Encodes a member; nil stands for one that is absent, which gives the members that are never left out.
    static func encoded(_ node: SpecNode?) throws(SpecError) -> JSONObject {
        var config = Self(node)
        for key in ["Hostname", "Domainname", "User"] { try config.text(key) }
        for key in ["AttachStdin", "AttachStdout", "AttachStderr"] { try config.flag(key) }
        try config.set("ExposedPorts", omitsEmpty: true)
        for key in ["Tty", "OpenStdin", "StdinOnce"] { try config.flag(key) }
        try config.list("Env", LegacyEncoding.texts)
        try config.list("Cmd", LegacyEncoding.words)
        try config.healthcheck()
        try config.flag("ArgsEscaped", omitsFalse: true)
        try config.text("Image")
        try config.set("Volumes")
        try config.text("WorkingDir")
        try config.list("Entrypoint", LegacyEncoding.words)
        try config.flag("NetworkDisabled", omitsFalse: true)
        try config.text("MacAddress", omitsEmpty: true)
        try config.list("OnBuild", LegacyEncoding.texts)
        try config.labels()
        try config.text("StopSignal", omitsEmpty: true)
        try config.stopTimeout()
        try config.list("Shell", omitsEmpty: true, LegacyEncoding.words)
        return config.object
    }

    private mutating func text(_ key: String, omitsEmpty: Bool = false) throws(SpecError) {
        let text = try node?.text(key) ?? ""
        if !(omitsEmpty && text.isEmpty) { object[key] = .string(text) }
    }

    private mutating func flag(_ key: String, omitsFalse: Bool = false) throws(SpecError) {
        let value = try node?.member(key)?.bool() ?? false
        if value || !omitsFalse { object[key] = .bool(value) }
    }

    private mutating func list(
        _ key: String,
        omitsEmpty: Bool = false,
        _ read: (SpecNode, String) throws(SpecError) -> [String]?
    ) throws(SpecError) {
        let texts = try node.flatMap { node throws(SpecError) in try read(node, key) }
        if omitsEmpty, texts?.isEmpty ?? true { return }
        object[key] = texts.map { .array($0.map { .string($0) }) } ?? .null
    }

    /// A set of texts, which Go keeps as a map to empty structures.
    private mutating func set(_ key: String, omitsEmpty: Bool = false) throws(SpecError) {
        let members = try node?.member(key)?.members(nil)
        if omitsEmpty, members?.isEmpty ?? true { return }
        var set = JSONObject()
        for (key, node) in members ?? [] {
            if !node.value.isNull { _ = try node.object() }
            set[key] = .object(JSONObject())
        }
        object[key] = members == nil ? .null : .object(JSONObject(unique: set.sortedMembers))
    }

    private mutating func labels() throws(SpecError) {
        guard let members = try node?.member("Labels")?.members(nil) else {
            object["Labels"] = .null
            return
        }
        var labels = JSONObject()
        for (key, node) in members { labels[key] = .string(node.value.isNull ? "" : try node.string()) }
        object["Labels"] = .object(JSONObject(unique: labels.sortedMembers))
    }

    private mutating func healthcheck() throws(SpecError) {
        guard let check = try node?.member("Healthcheck") else { return }
        var encoded = JSONObject()
        if let test = try LegacyEncoding.texts(check, "Test"), !test.isEmpty {
            encoded["Test"] = .array(test.map { .string($0) })
        }
        for key in ["Interval", "Timeout", "StartPeriod", "Retries"] {
            if let count = try check.member(key)?.int64(), count != 0 { encoded[key] = JSONValue(count) }
        }
        object["Healthcheck"] = .object(encoded)
    }

    private mutating func stopTimeout() throws(SpecError) {
        if let seconds = try node?.member("StopTimeout")?.int64() { object["StopTimeout"] = JSONValue(seconds) }
    }
}
