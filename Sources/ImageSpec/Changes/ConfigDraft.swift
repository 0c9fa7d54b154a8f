/// A config while instructions change it, beside what it was before.
///
/// The instructions work on a copy, and at the end what they left empty is filled from the former config, as Docker merges
/// the changed config with the container's. Two things that look odd follow from that and are Docker's: `ENTRYPOINT []` and
/// `USER ""` change nothing, and a HEALTHCHECK keeps each former setting that it does not name.
///
/// Unlike in Docker, whose containers have no `OnBuild` and no `Shell` of their image, both are kept (contract L-95) and
/// count: ONBUILD appends to the image's triggers, and the image's `Shell` runs commands that are no JSON.
///
/// Source: moby `builder/dockerfile/dispatchers.go`, `daemon/commit.go` (`merge`).
struct ConfigDraft {
    private let base: ConfigMembers
    private let escape: Unicode.Scalar
    private var members: ConfigMembers
    private var isCommandSet = false
    private var healthcheck: HealthcheckChange?

    init(_ config: JSONObject, escape: Unicode.Scalar) {
        base = ConfigMembers(config)
        members = base
        self.escape = escape
    }

    mutating func apply(_ instruction: ChangeInstruction) throws(ChangeError.Reason) {
        switch instruction {
        case .command(let form):
            // CMD without a word runs the shell and, for ENTRYPOINT, counts as none.
            isCommandSet = isCommandSet || form?.isEmpty == false
            members.setTexts("Cmd", try words(form ?? .shell("")))
        case .entrypoint(let form):
            members.setTexts("Entrypoint", try form.map { form throws(ChangeError.Reason) in try words(form) } ?? [])
            if !isCommandSet { members.setTexts("Cmd", []) }
        case .variables(let pairs): try setVariables(pairs)
        case .labels(let pairs):
            let expander = try expander()
            var labels = try members.map("Labels")
            for pair in pairs { labels[try expander.text(pair.name)] = .string(try expander.text(pair.value)) }
            members.setMap("Labels", labels)
        case .ports(let words): try expose(words)
        case .volumes(let paths): try addVolumes(paths)
        case .user(let text): members.setText("User", try expander().text(text))
        case .workingDirectory(let path): try setWorkingDirectory(path)
        case .trigger(let text): members.setTexts("OnBuild", (try members.texts("OnBuild") ?? []) + [text])
        case .stopSignal(let text):
            let signal = try expander().text(text)
            guard SignalName.isKnown(signal) else { throw .unknownSignal(signal) }
            members.setText("StopSignal", signal)
        case .healthcheck(let change): healthcheck = change
        }
    }

    /// The config in the end.
    func merged() throws(ChangeError.Reason) -> JSONObject {
        var result = members
        if try result.text("User").isEmpty { result.object["User"] = base.object["User"] }
        if try result.words("Entrypoint") == nil {
            if try result.words("Cmd") == nil { result.object["Cmd"] = base.object["Cmd"] }
            result.object["Entrypoint"] = base.object["Entrypoint"]
        }
        if let healthcheck {
            result.setMap("Healthcheck", healthcheck.merged(into: try base.map("Healthcheck")))
        }
        return result.object
    }

    private func words(_ form: CommandForm) throws(ChangeError.Reason) -> [String] {
        switch form {
        case .exec(let words): return words
        case .shell(let text):
            let shell = try members.words("Shell") ?? ["/bin/sh", "-c"]
            return text.isEmpty ? shell : shell + [text]
        }
    }

    private func expander() throws(ChangeError.Reason) -> VariableExpander {
        VariableExpander(environment: try members.texts("Env") ?? [], escape: escape)
    }

    private mutating func setVariables(_ pairs: [ChangePair]) throws(ChangeError.Reason) {
        // All pairs of one instruction see the variables as they were before it.
        let expander = try expander()
        var environment = try members.texts("Env") ?? []
        for pair in pairs {
            let name = try expander.text(pair.name)
            let entry = name + "=" + (try expander.text(pair.value))
            let place = environment.firstIndex { ConfigMembers.name(of: $0).utf8.elementsEqual(name.utf8) }
            if let place { environment[place] = entry } else { environment.append(entry) }
        }
        members.setTexts("Env", environment)
    }

    private mutating func expose(_ words: [String]) throws(ChangeError.Reason) {
        let expander = try expander()
        var ports = try members.map("ExposedPorts")
        for word in words {
            for text in try expander.words(word) {
                for name in try PortSpecification(parsing: text).names { ports[name] = .object(JSONObject()) }
            }
        }
        members.setMap("ExposedPorts", ports)
    }

    private mutating func addVolumes(_ paths: [String]) throws(ChangeError.Reason) {
        let expander = try expander()
        var volumes = try members.map("Volumes")
        for path in paths {
            let path = try expander.text(path)
            guard !path.isEmpty else { throw .emptyVolume }
            volumes[path] = .object(JSONObject())
        }
        members.setMap("Volumes", volumes)
    }

    private mutating func setWorkingDirectory(_ text: String) throws(ChangeError.Reason) {
        let path = try expander().text(text)
        guard let first = path.utf8.first else { throw .emptyWorkingDirectory }
        guard first != UInt8(ascii: "/") else { return members.setText("WorkingDir", path) }
        var parts: [Substring.UTF8View] = []
        for part in (try members.text("WorkingDir") + "/" + path).utf8.split(separator: UInt8(ascii: "/")) {
            if part.elementsEqual("..".utf8) {
                _ = parts.popLast()
            } else if !part.elementsEqual(".".utf8) {
                parts.append(part)
            }
        }
        members.setText("WorkingDir", "/" + parts.map { String(Substring($0)) }.joined(separator: "/"))
    }
}
