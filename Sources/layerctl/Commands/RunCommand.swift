import ArgumentParser
import LayerKit
import LayerModel
import LayerSystem

/// `layerctl run`: a new container, and a process in it.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Make a container of an image and run a process in it, by an OCI runtime.",
        discussion: """
            The runtime is crun or runc, or what --runtime or LAYERCTL_RUNTIME names. Options stand before the image: all behind it is the \
            command. An ordinary user's process runs in a user namespace, without control groups.

            The process cannot gain privileges, by sudo or su, unless --security-opt no-new-privileges=false is given; it sees no network but \
            its own loopback device, unless --network is.

            Exit status: the process' own; 128 and the number of the signal that ended it; 126 when the command cannot be run, 127 when there \
            is none such, 125 when anything else fails.
            """
    )

    @Flag(name: .shortAndLong, help: "Go on in the background, keep what is written for logs, and print the ID.")
    var detach = false
    @OptionGroup var runtime: RuntimeOptions
    @OptionGroup var options: CreateOptions
    @OptionGroup var store: StoreOptions
    @Argument(help: "IMAGE|FILE") var image: String
    @Argument(parsing: .captureForPassthrough, help: "What is to run, in place of the image's command.")
    var command: [String] = []

    func validate() throws {
        if options.process.tty && !detach && !Host.isTerminal(FileDescriptor(rawValue: 0)) {
            throw ValidationError("the input device is not a TTY")
        }
    }

    func run() throws {
        let container = try options.create(image, command, in: store)
        // What was loaded for it had threads: what follows must have none of them.
        let store = try store.openToWrite()
        do {
            if detach {
                try store.start(container.id.hex, runtime.options)
                return try StandardStream.output.write(container.id.hex + "\n")
            }
            Host.exit(try store.run(container.id.hex, runtime.options))
        } catch {
            if options.process.isRemovedAtEnd {
                // reason: it may have gone already, and the first error is the one to report
                _ = try? store.removeContainer(container.id.hex, isForced: true, removesVolumes: true)
            }
            throw error
        }
    }
}

/// Which runtime is to run a process, and what shows its files.
struct RuntimeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The OCI runtime (also LAYERCTL_RUNTIME).", valueName: "program")) var runtime: String?
    @OptionGroup var driver: DriverOptions

    /// The options as the library takes them.
    var options: RunOptions {
        var options = RunOptions()
        options.runtime = runtime
        options.driver = driver.name
        return options
    }
}
