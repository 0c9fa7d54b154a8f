import ArgumentParser
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl start`: the process of a container that is there.
struct StartCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Run the processes of containers, in the background or with -a here.",
        discussion: "Exit status with -a: as for run."
    )

    @Argument(help: "CONTAINER …") var containers: [String]
    @Flag(name: .shortAndLong, help: "Run it with the streams of this command, to its end.") var attach = false
    @Flag(name: .shortAndLong, help: "Accepted: create -i says whether the process can read.") var interactive = false
    @OptionGroup var runtime: RuntimeOptions
    @OptionGroup var store: StoreOptions

    func validate() throws {
        if attach && containers.count > 1 {
            throw ValidationError("you cannot start and attach multiple containers at once")
        }
    }

    func run() throws {
        let store = try store.openToWrite()
        if attach, let container = containers.first { Host.exit(try store.run(container, runtime.options)) }
        var failures = FailureList()
        for container in containers {
            try failures.attempt {
                try store.start(container, runtime.options)
                try StandardStream.output.write(TerminalText.escape(container) + "\n")
                try StandardStream.output.flush()
            }
        }
        try failures.report()
    }
}
