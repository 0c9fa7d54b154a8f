import ArgumentParser
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl rm`: containers out of the store.
struct RemoveContainerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm",
        abstract: "Remove containers and what was written in them, or single paths (CONTAINER:PATH)."
    )

    @OptionGroup var arguments: RemoveContainerArguments

    func run() throws { try arguments.run() }
}

/// `layerctl container rm`.
struct ContainerRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm",
        abstract: "Remove containers and what was written in them, or single paths (CONTAINER:PATH).",
        aliases: ["remove"]
    )

    @OptionGroup var arguments: RemoveContainerArguments

    func run() throws { try arguments.run() }
}

/// The arguments of both spellings, and what they do.
struct RemoveContainerArguments: ParsableArguments {
    @Argument(help: "CONTAINER or CONTAINER:PATH …") var containers: [String]
    @Flag(name: .shortAndLong, help: "Of a path also a directory, with all that lies in it.") var recursive = false
    @Flag(name: .shortAndLong, help: "End its process and unmount first, and wait for those who use it.")
    var force = false
    @Flag(name: .shortAndLong, help: "Also volumes that nobody named, unless others use them.") var volumes = false
    @Flag(help: "Show what would be removed, and remove nothing.") var dryRun = false
    @OptionGroup var store: StoreOptions

    /// Removes what can be removed and reports the rest.
    func run() throws {
        let store = try dryRun ? store.openToRead() : store.openToWrite()
        var failures = FailureList()
        var leavesVolumes = false
        for container in containers {
            try failures.attempt {
                if let path = PathRemoval(container) {
                    return try path.run(in: store, isRecursive: recursive, isDryRun: dryRun)
                }
                let warnings = try store.removeContainer(
                    container,
                    isForced: force,
                    removesVolumes: volumes,
                    isDryRun: dryRun
                )
                try WarningList.write(warnings)
                leavesVolumes = leavesVolumes || !warnings.isEmpty
                try StandardStream.output.write(TerminalText.escape(container) + "\n")
            }
        }
        try failures.report()
        // A script that asked for the volumes to go must not take them for gone.
        if leavesVolumes { throw ExitStatusError(status: .failure) }
    }
}
