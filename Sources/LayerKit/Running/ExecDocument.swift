import ImageSpec
import LayerModel
import LayerSystem

/// Makes the description of a further process, as a runtime takes it, of that of the container's own.
struct ExecDocument {
    private let root: ContainerRoot
    private let own: JSONObject

    /// Reads what the container's process was started with.
    init(_ place: RunDirectory, _ root: ContainerRoot) throws {
        self.root = root
        let bytes = try place.directory.openFile("config.json").readAll(byteLimit: 4 << 20)
        guard let own = try JSONValue(parsing: bytes)["process"]?.objectValue else {
            throw LayerError(.corrupt, "\(place.path)/config.json: no process in it")
        }
        self.own = own
    }

    /// The document.
    ///
    /// - Parameters:
    ///   - command: The program and its arguments.
    ///   - options: What is wanted.
    /// - Returns: The `process` object.
    /// - Throws: `LayerError` of code `programNotFound` or `notExecutable`; `ProcessSettingsError` for an unknown user.
    func process(_ command: [String], _ options: ExecOptions) throws -> JSONObject {
        var process = own
        process["args"] = .array(command.map { .string($0) })
        process["terminal"] = .bool(options.hasTerminal)
        let variables = (own["env"]?.arrayValue ?? []).compactMap(\.stringValue)
        let environment = EnvironmentList.merged(variables, with: options.environment)
        process["env"] = .array(environment.map { .string($0) })
        let directory = options.workingDirectory ?? own["cwd"]?.stringValue ?? "/"
        process["cwd"] = .string(directory)
        if let user = options.user {
            let account = try root.accounts().user(user)
            process["user"] = [
                "uid": JSONValue(account.uid), "gid": JSONValue(account.gid),
                "additionalGids": .array(account.groups.map { JSONValue($0) }),
            ]
            let sets = own["capabilities"]?.objectValue ?? JSONObject()
            process["capabilities"] = .object(RuntimeConfig.capabilitySets(sets["bounding"], uid: account.uid))
        }
        let path = environment.last { $0.hasPrefix("PATH=") }?.dropFirst(5) ?? ""
        let program = command.first ?? ""
        let shown = EscapedText.name(program.utf8)
        switch root.obstacle(to: program, searchPath: String(path), workingDirectory: directory) {
        case .notFound: throw LayerError(.programNotFound, "\(shown): no such program in the container")
        case .notExecutable: throw LayerError(.notExecutable, "\(shown): no program that may be run")
        case nil: return process
        }
    }
}
