import ArgumentParser
import LayerKit
import LayerSystem

/// `layerctl unshare`: a command where this user may mount.
struct UnshareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unshare",
        abstract: "Run a command in a user namespace, where an ordinary user is root and may mount.",
        usage: "layerctl unshare [--root <dir>] [--] [<command> ...]",
        discussion: """
            What is mounted there is seen by the command and its children alone, and goes with the last of them. As root of the host only \
            the mounts are set apart. Without a command it is $SHELL, or /bin/sh.

            Which users there are: with numbers in /etc/subuid and /etc/subgid, and newuidmap and newgidmap installed, the user is root \
            and has those numbers from 1 on; otherwise there is root alone, and all other owners are nobody.

            Exit status: the command's own; 126 when it cannot be run, 127 when there is none such, 1 when no namespace can be entered.
            """
    )

    @OptionGroup var store: StoreOptions

    @Argument(parsing: .captureForPassthrough, help: "The command and its arguments.")
    var command: [String] = []

    func run() throws {
        var words = command[...]
        if words.first == "--help" || words.first == "-h" {
            return try StandardStream.output.write("\(Self.helpMessage())\n\nHere and now: \(Self.mapping).\n")
        }
        if words.first == "--" { words = words.dropFirst() }
        try enter()
        // For the programs of this kind that the command runs.
        if let root = store.root { try Host.setEnvironment("LAYERCTL_ROOT", root) }
        let name = words.first ?? Host.environment("SHELL") ?? "/bin/sh"
        let error = Host.execute(name, Array(words.dropFirst()))
        try StandardStream.error.write("layerctl: \(error.description)\n")
        Host.exit(error.isNotFound ? 127 : 126)
    }

    /// Enters what is needed: nothing, inside of another `unshare`.
    private func enter() throws {
        guard UserNamespace.entered == nil else { return }
        do throws(SystemError) {
            if Host.mayMount && UserNamespace.isInitial {
                try MountNamespace.enter()
            } else {
                try UserNamespace.enter()
            }
        } catch {
            throw LayerError(.failure, "no namespace can be entered: \(error.description)", cause: error)
        }
    }

    /// Which users there would be: looked up for the help of this command alone, not whenever the program starts.
    private static var mapping: String {
        if let entered = UserNamespace.entered { return "\(entered), in this namespace already" }
        if Host.mayMount && UserNamespace.isInitial { return "root of the host, no user namespace" }
        return NamespaceMapping.available().description
    }
}
