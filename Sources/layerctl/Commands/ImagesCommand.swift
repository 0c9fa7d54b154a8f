import ArgumentParser
import ImageSpec
import LayerKit
import LayerModel
import LayerSystem
import TextOutput

/// `layerctl images`: what is in the store, as `docker images` lists it.
struct ImagesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "images", abstract: "List the images of the store.")

    @OptionGroup var list: ImageListOptions

    func run() throws { try list.run() }
}

/// `layerctl image ls`.
struct ImageListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "List the images of the store.",
        aliases: ["list"]
    )

    @OptionGroup var list: ImageListOptions

    func run() throws { try list.run() }
}

/// The arguments of both spellings, and what they do.
struct ImageListOptions: ParsableArguments {
    @Argument(help: "REPOSITORY[:TAG]") var repository: String?
    @Option(help: ArgumentHelp("table, 'table TEMPLATE', json, or a Go template.", valueName: "format")) var format = ""
    @Flag(name: .shortAndLong, help: "All images: the store has no intermediate ones, so nothing changes.") var all =
        false
    @Flag(help: "Show digests.") var digests = false
    @Flag(help: "Do not shorten.") var noTrunc = false
    @Flag(name: .shortAndLong, help: "IDs only.") var quiet = false
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("dangling=, label=, before=, since=, reference=, until=", valueName: "filter")
    )
    var filter: [String] = []
    @OptionGroup var store: StoreOptions

    /// Lists.
    func run() throws {
        let store = try store.openToRead()
        let listing = try store.images()
        let filters = try ImageFilter(filter, repository: repository, in: listing.images, now: Host.now())
        let table = ImageTable(isTruncated: !noTrunc, hasDigests: digests, now: Host.now())
        let rows = table.rows(filters.select(listing.images))
        let output =
            try quiet
            ? ImageTable.formatter(hasDigests: digests).output(table.unique(rows), format: "{{.ID}}")
            : ImageTable.formatter(hasDigests: digests).output(rows, format: format)
        try StandardStream.output.write(output)
        try WarningList.write(listing.problems)
    }
}
