import ArgumentParser
import LayerKit
import LayerSystem

/// `layerctl layers`: the layers of the store, and who uses them.
struct LayersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "layers",
        abstract: "Show the tree of layers in the store and who uses them.",
        discussion: """
            Each layer stands below the one that it lies on. A size counts once for all images that share the layer; layers that no image and no \
            container has come last.
            """
    )

    @Option(help: ArgumentHelp("json or a Go template.", valueName: "format")) var format: String?
    @Flag(help: "Do not shorten.") var noTrunc = false
    @OptionGroup var store: StoreOptions

    func run() throws {
        let usage = try store.openToRead().usage(measuresContainers: false)
        try ResultPrinter.write(format, lines: LayerListing.lines(usage, isTruncated: !noTrunc)) {
            LayerListing.object(usage)
        }
        try WarningList.write(usage.problems)
    }
}
