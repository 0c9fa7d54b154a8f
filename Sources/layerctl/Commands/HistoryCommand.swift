import ArgumentParser
import ImageSpec
import LayerKit
import LayerModel
import LayerSystem
import TextOutput

/// `layerctl history`: the steps that made an image, as `docker history` prints them.
struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show the history of an image, in the store or in a file.",
        discussion: "A file is not loaded: of layers that are not compressed only the headers are read."
    )

    @Argument(help: "IMAGE|FILE") var image: String
    @Option(help: ArgumentHelp("table, 'table TEMPLATE', json, or a Go template.", valueName: "format")) var format = ""
    @Flag(name: [.customShort("H"), .long], inversion: .prefixedNo, help: "Sizes and times for people.") var human =
        true
    @Flag(help: "Do not shorten.") var noTrunc = false
    @Flag(name: .shortAndLong, help: "IDs only.") var quiet = false
    @Option(help: ArgumentHelp("The platform, os[/arch[/variant]].", valueName: "platform")) var platform: Platform?
    @Flag(help: "Do not read layers: show compressed sizes, marked.") var quick = false
    @Flag(help: "Add DIFF ID, BLOB, compressed size and file count.") var layers = false
    @OptionGroup var store: StoreOptions

    func run() throws {
        let needsSizes = !quick && !quiet
        let found =
            needsSizes
            ? try FoundImage.measured(image, platform: platform, store: store)
            : try FoundImage.details(image, platform: platform, store: store)
        let table = HistoryTable(isHuman: human, isTruncated: !noTrunc, isQuick: quick, now: Host.now())
        let rows = try found.history(includesUnclaimedLayers: layers).map(table.row)
        let formatter = HistoryTable.formatter(isHuman: human, hasLayers: layers)
        let output = try formatter.output(rows, format: quiet ? "{{.ID}}" : format)
        try StandardStream.output.write(output)
    }
}
