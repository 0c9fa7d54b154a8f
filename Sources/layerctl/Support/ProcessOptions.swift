import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem
import TextOutput

/// What is wanted of a container's process: options of `create` and `run`.
///
/// Source: docker/cli `cli/command/container/opts.go`.
struct ProcessOptions: ParsableArguments {
    @Option(
        name: [.customShort("e", allowingJoined: true), .long],
        help: ArgumentHelp("A variable; one without = is the caller's (repeatable).", valueName: "name=value")
    )
    var env: [String] = []
    @Option(help: ArgumentHelp("A file with a variable on each line (repeatable).", valueName: "file"))
    var envFile: [String] = []
    @Option(
        name: [.customShort("w", allowingJoined: true), .long],
        help: ArgumentHelp("Where the process begins.", valueName: "dir")
    )
    var workdir: String?
    @Option(
        name: [.customShort("u", allowingJoined: true), .long],
        help: ArgumentHelp("The user, by name or number, as the image knows it.", valueName: "user[:group]")
    )
    var user: String?
    @Option(help: ArgumentHelp("A further group (repeatable).", valueName: "group")) var groupAdd: [String] = []
    @Option(help: ArgumentHelp("The entry point, in place of the image's.", valueName: "command"))
    var entrypoint: String?
    @Flag(name: .shortAndLong, help: "Let the process read the standard input.") var interactive = false
    @Flag(name: .shortAndLong, help: "Give the process a terminal.") var tty = false
    @Option(help: ArgumentHelp("What the process calls the machine.", valueName: "name"))
    var hostname: String?
    @Flag(help: "Let nothing but mounts be written.") var readOnly = false
    @Option(help: ArgumentHelp("A capability more, or ALL (repeatable).", valueName: "capability"))
    var capAdd: [String] = []
    @Option(help: ArgumentHelp("A capability less, or ALL (repeatable).", valueName: "capability"))
    var capDrop: [String] = []
    @Option(
        help: ArgumentHelp(
            "no-new-privileges[=true|false] (true unless said), seccomp=FILE|unconfined (the distribution's unless said).",
            valueName: "option"
        )
    )
    var securityOpt: [String] = []
    @Option(help: ArgumentHelp("A limit of each process (repeatable).", valueName: "name=soft[:hard]"))
    var ulimit: [String] = []
    @Option(
        name: [.customShort("m", allowingJoined: true), .long],
        help: ArgumentHelp("The most memory, as 64m; needs control groups.", valueName: "size")
    )
    var memory: String?
    @Option(help: ArgumentHelp("The most processors, as 1.5; needs control groups.", valueName: "number"))
    var cpus: String?
    @Option(help: ArgumentHelp("The most processes; needs control groups.", valueName: "number"))
    var pidsLimit: Int64?
    @Option(
        name: [.long, .customLong("net")],
        help: ArgumentHelp(
            "none, host or container:NAME. Networks are made by other programs: without this there is the loopback device alone.",
            valueName: "network"
        )
    )
    var network = "none"
    @Option(help: ArgumentHelp("What asks the process to end.", valueName: "signal")) var stopSignal: String?
    @Option(help: ArgumentHelp("How long it may take to end when asked, in seconds.", valueName: "seconds"))
    var stopTimeout: Int64?
    @Option(
        help: ArgumentHelp(
            "json-file, which logs reads, or none. What goes to a terminal is not kept.",
            valueName: "driver"
        )
    )
    var logDriver = "json-file"
    @Flag(name: .customLong("rm"), help: "Remove the container when its process has ended.") var isRemovedAtEnd = false

    /// The settings.
    ///
    /// - Parameter command: The words behind the image.
    /// - Returns: The settings.
    /// - Throws: `LayerError` of code `usage`.
    func settings(command: [String]) throws -> ProcessSettings {
        var settings = ProcessSettings()
        settings.command = command
        settings.entrypoint = entrypoint.map { $0.isEmpty ? [] : [$0] }
        settings.environment = try ProcessEnvironment.variables(env, files: envFile)
        settings.workingDirectory = try workdir.map(Self.absolute)
        settings.user = user
        settings.groups = groupAdd
        (settings.hasTerminal, settings.keepsInput) = (tty, interactive)
        settings.hostname = hostname
        settings.hasReadOnlyRoot = readOnly
        (settings.addedCapabilities, settings.droppedCapabilities) = (capAdd, capDrop)
        for option in securityOpt { try SecurityArgument.apply(option, to: &settings) }
        settings.limits = try ulimit.map(Self.limit)
        settings.memoryByteCount = try memory.map { try Self.number(HumanSize.parse($0), "memory", $0) }
        settings.processorNanos = try cpus.map { try Self.number(Self.nanos($0), "cpus", $0) }
        settings.processCount = pidsLimit.flatMap { $0 > 0 ? $0 : nil }
        guard let network = NetworkChoice(parsing: network) else {
            throw LayerError(.usage, "--network \(network): none, host or container:NAME")
        }
        settings.network = network
        settings.stopSignal = try stopSignal.map(Self.signal)
        settings.stopSeconds = stopTimeout
        guard ["json-file", "none"].contains(logDriver) else {
            throw LayerError(.usage, "logger: no log driver named '\(logDriver)' is registered")
        }
        settings.isLogged = logDriver != "none"
        settings.isRemovedAtEnd = isRemovedAtEnd
        return settings
    }

    private static func absolute(_ path: String) throws -> String {
        guard path.hasPrefix("/") else {
            throw LayerError(.usage, "the working directory '\(path)' is invalid, it needs to be an absolute path")
        }
        return path
    }

    private static func signal(_ text: String) throws -> String {
        guard SignalName.isKnown(text) else { throw LayerError(.usage, "invalid signal: \(text)") }
        return text
    }

    private static func nanos(_ text: String) -> Int64? {
        guard let number = Double(text), number > 0, number < 1_000_000 else { return nil }
        return Int64(number * 1_000_000_000)
    }

    private static func number(_ value: Int64?, _ option: String, _ text: String) throws -> Int64 {
        guard let value, value > 0 else { throw LayerError(.usage, "invalid argument \"\(text)\" for --\(option)") }
        return value
    }

    private static func limit(_ text: String) throws -> ResourceLimit {
        do throws(ProcessSettingsError) {
            return try ResourceLimit(parsing: text)
        } catch {
            throw LayerError(.usage, error.description, cause: error)
        }
    }
}
