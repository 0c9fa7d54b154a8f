import ArgumentParser
import LayerKit
import LayerSystem

/// `layerctl exec`: a further process in a container that runs.
struct ExecCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec",
        abstract: "Run a further process in a container that runs.",
        discussion: "Exit status: the process' own; 126 when the command cannot be run, 127 when there is none such."
    )

    @Flag(name: .shortAndLong, help: "Go on in the background.") var detach = false
    @Option(
        name: [.customShort("e", allowingJoined: true), .long],
        help: ArgumentHelp("A variable; one without = is the caller's (repeatable).", valueName: "name=value")
    )
    var env: [String] = []
    @Option(help: ArgumentHelp("A file with a variable on each line (repeatable).", valueName: "file"))
    var envFile: [String] = []
    @Option(name: .shortAndLong, help: ArgumentHelp("Where it begins.", valueName: "dir")) var workdir: String?
    @Option(name: .shortAndLong, help: ArgumentHelp("The user, by name or number.", valueName: "user[:group]"))
    var user: String?
    @Flag(name: .shortAndLong, help: "Let it read the standard input.") var interactive = false
    @Flag(name: .shortAndLong, help: "Give it a terminal.") var tty = false
    @Option(help: ArgumentHelp("The OCI runtime (also LAYERCTL_RUNTIME).", valueName: "program")) var runtime: String?
    @OptionGroup var store: StoreOptions
    @Argument(help: "CONTAINER") var container: String
    @Argument(parsing: .captureForPassthrough, help: "What is to run.") var command: [String] = []

    func validate() throws {
        guard !command.isEmpty else { throw ValidationError("a command is missing") }
        if tty && !detach && !Host.isTerminal(FileDescriptor(rawValue: 0)) {
            throw ValidationError("the input device is not a TTY")
        }
    }

    func run() throws {
        var options = ExecOptions()
        options.environment = try ProcessEnvironment.variables(env, files: envFile)
        options.workingDirectory = workdir
        options.user = user
        options.hasTerminal = tty
        options.keepsInput = interactive
        options.isDetached = detach
        options.runtime = runtime
        Host.exit(try store.openToWrite().execute(in: container, command, options))
    }
}
