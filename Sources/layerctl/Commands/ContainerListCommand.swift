import ArgumentParser
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl ps`: the containers, as `docker ps` lists them.
struct ProcessStatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ps",
        abstract: "List the containers.",
        discussion: ContainerListOptions.discussion
    )

    @OptionGroup var list: ContainerListOptions

    func run() throws { try list.run() }
}

/// `layerctl container ls`.
struct ContainerListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "List the containers.",
        discussion: ContainerListOptions.discussion,
        aliases: ["list", "ps"]
    )

    @OptionGroup var list: ContainerListOptions

    func run() throws { try list.run() }
}

/// The arguments of both spellings, and what they do.
struct ContainerListOptions: ParsableArguments {
    static let discussion = """
        Without -a, -n, -l or a status= filter those are listed that are in use: whose process runs, or that are mounted. Filters: id=, name= (a part, with ^ and $ for its ends), \
        label=KEY[=VALUE], ancestor=IMAGE, status=created|mounted|running|exited, before=CONTAINER, since=CONTAINER.
        """

    @Flag(name: .shortAndLong, help: "Also those that are not in use.") var all = false
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("id=, name=, label=, ancestor=, status=, before=, since=", valueName: "filter")
    )
    var filter: [String] = []
    @Option(help: ArgumentHelp("table, 'table TEMPLATE', json, or a Go template.", valueName: "format")) var format = ""
    @Option(name: [.customShort("n"), .long], help: ArgumentHelp("The n that were made last.", valueName: "n"))
    var last = -1
    @Flag(name: .shortAndLong, help: "The one that was made last.") var latest = false
    @Flag(help: "Do not shorten.") var noTrunc = false
    @Flag(name: .shortAndLong, help: "IDs only.") var quiet = false
    @Flag(name: .shortAndLong, help: "Show sizes.") var size = false
    @OptionGroup var store: StoreOptions

    /// Lists.
    func run() throws {
        let store = try store.openToRead()
        // As Docker does, a template that asks for the size gets it.
        let needsSizes = size || (!quiet && format.contains(".Size"))
        let filters = try ContainerFilter(filter, in: store)
        let listing = try store.containers(measuresSizes: needsSizes)
        let count = latest ? 1 : last
        // Source: moby `daemon/list.go`, `includeContainerInList`.
        let listsAll = all || count > 0 || filters.namesStates
        var containers = listing.containers.filter { (listsAll || $0.state.isInUse) && filters.accepts($0) }
        if count > 0 { containers = Array(containers.prefix(count)) }
        let rows = containers.map(ContainerTable(isTruncated: !noTrunc, now: Host.now(), hasSizes: needsSizes).row)
        let formatter = ContainerTable.formatter(hasSizes: size)
        try StandardStream.output.write(formatter.output(rows, format: quiet ? "{{.ID}}" : format))
        try WarningList.write(listing.problems)
    }
}
