import ArgumentParser
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl rmi`: names and images out of the store.
struct RemoveImageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rmi",
        abstract: "Remove names, and images without one, from the store."
    )

    @OptionGroup var arguments: RemoveImageArguments

    func run() throws { try arguments.run() }
}

/// `layerctl image rm`.
struct ImageRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm",
        abstract: "Remove names, and images without one, from the store.",
        aliases: ["remove"]
    )

    @OptionGroup var arguments: RemoveImageArguments

    func run() throws { try arguments.run() }
}

/// The arguments of both spellings, and what they do.
struct RemoveImageArguments: ParsableArguments {
    @Argument(help: "IMAGE …") var images: [String]
    @Flag(name: .shortAndLong, help: "Remove an image by its ID although several names have it.") var force = false
    @Flag(help: "Show what would be removed, and remove nothing.") var dryRun = false
    @OptionGroup var store: StoreOptions

    /// Removes what can be removed and reports the rest.
    func run() throws {
        let store = try dryRun ? store.openToRead() : store.openToWrite()
        var failures = FailureList()
        for image in images {
            try failures.attempt {
                for event in try store.remove(image, isForced: force, isDryRun: dryRun) { try report(event) }
            }
        }
        try failures.report()
    }

    private func report(_ item: RemovedItem) throws {
        if case .kept = item {
            try StandardStream.output.flush()
            try StandardStream.error.write("layerctl: warning: \(item)\n")
        } else {
            try StandardStream.output.write(TerminalText.escape(item.description) + "\n")
        }
    }
}
