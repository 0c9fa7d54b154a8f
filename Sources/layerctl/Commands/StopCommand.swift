import ArgumentParser
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl stop`: asks processes to end, and ends them when they do not.
struct StopCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Ask the processes of containers to end, and end them when they do not."
    )

    @Argument(help: "CONTAINER …") var containers: [String]
    @Option(name: .shortAndLong, help: ArgumentHelp("What asks: TERM unless said.", valueName: "signal"))
    var signal: String?
    @Option(
        name: [.customShort("t", allowingJoined: true), .long, .customLong("time")],
        help: ArgumentHelp("How long it may take, in seconds; -1 for ever; 10 unless said.", valueName: "seconds")
    )
    var timeout: Int64?
    @OptionGroup var store: StoreOptions

    func run() throws {
        let store = try store.openToWrite()
        try containers.printingEach { try store.stop($0, signal: signal, seconds: timeout) }
    }
}

/// `layerctl kill`: a signal to processes.
struct KillCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kill",
        abstract: "Send the processes of containers a signal."
    )

    @Argument(help: "CONTAINER …") var containers: [String]
    @Option(name: .shortAndLong, help: ArgumentHelp("The signal.", valueName: "signal")) var signal = "KILL"
    @OptionGroup var store: StoreOptions

    func run() throws {
        let store = try store.openToWrite()
        try containers.printingEach { try store.kill($0, signal: signal) }
    }
}

/// `layerctl wait`: until processes have ended.
struct WaitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wait",
        abstract: "Wait until the processes of containers have ended, and print what they ended with."
    )

    @Argument(help: "CONTAINER …") var containers: [String]
    @OptionGroup var store: StoreOptions

    func run() throws {
        let store = try store.openToRead()
        var failures = FailureList()
        for container in containers {
            try failures.attempt {
                try StandardStream.output.write("\(store.wait(container))\n")
                try StandardStream.output.flush()
            }
        }
        try failures.report()
    }
}

extension [String] {
    /// Does something with each container, and prints those with which it went well.
    fileprivate func printingEach(_ body: (String) throws -> Void) throws {
        var failures = FailureList()
        for container in self {
            try failures.attempt {
                try body(container)
                try StandardStream.output.write(TerminalText.escape(container) + "\n")
                try StandardStream.output.flush()
            }
        }
        try failures.report()
    }
}
