import ArgumentParser
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl system …`.
struct SystemGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "system",
        abstract: "Look at the store as a whole, and clean it up.",
        subcommands: [SystemUsageCommand.self, SystemInfoCommand.self, SystemPruneCommand.self]
    )
}

/// `layerctl system info`, which is `info`.
struct SystemInfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "info", abstract: InfoCommand.configuration.abstract)

    @OptionGroup var info: InfoCommand

    func run() throws { try info.run() }
}

/// `layerctl system df`: what takes room, as `docker system df` prints it.
struct SystemUsageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "df",
        abstract: "Show what images, containers and volumes take on the disk.",
        discussion: """
            Sizes are what files hold, as Docker counts them; a layer counts once however many images have it. A container is active while it \
            runs or is mounted.
            """
    )

    @Flag(name: .shortAndLong, help: "A row for each image, container and volume.") var verbose = false
    @Option(help: ArgumentHelp("table, 'table TEMPLATE', json, or a Go template.", valueName: "format")) var format = ""
    @OptionGroup var store: StoreOptions

    func validate() throws {
        if verbose, !format.isEmpty, format != "json" { throw ValidationError("-v goes with --format json alone") }
    }

    func run() throws {
        let usage = try store.openToRead().usage()
        if !verbose {
            try StandardStream.output.write(SystemUsage.formatter.output(SystemUsage.rows(usage), format: format))
        } else if format == "json" {
            try StandardStream.output.write(SystemUsage.verboseJSON(usage, now: Host.now()))
        } else {
            try StandardStream.output.write(SystemUsage.verboseTables(usage, now: Host.now()))
        }
        try WarningList.write(usage.problems)
    }
}
