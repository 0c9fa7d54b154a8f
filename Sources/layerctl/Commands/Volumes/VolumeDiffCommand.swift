import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl volume diff`.
struct VolumeDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what a volume has added (A), changed (C) and deleted (D) since a snapshot."
    )

    @Argument(help: "VOLUME") var volume: String
    @Argument(help: "SNAPSHOT: a name, a DiffID, an image ID, or the beginning of an ID") var snapshot: String
    @Option(help: ArgumentHelp("table or json.", valueName: "format")) var format = DiffFormat.table
    @Flag(help: "Add the sizes of files before and after, and their sums.") var stat = false
    @OptionGroup var store: StoreOptions

    func run() throws {
        try DiffTable.write(
            store.openToRead().volumeChanges(of: volume, since: snapshot),
            as: format,
            withSizes: stat
        )
    }
}
