import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl diff`: what a container has changed, as `docker diff` prints it.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what a container has added (A), changed (C) and deleted (D).",
        discussion: """
            Only what the container has written is read, so that the answer does not depend on the driver. Changes of content with the same \
            length and time, and of extended attributes alone, are shown as well.
            """
    )

    @Argument(help: "CONTAINER") var container: String
    @Option(help: ArgumentHelp("table or json.", valueName: "format")) var format = DiffFormat.table
    @Flag(help: "Add the sizes of files before and after, and their sums.") var stat = false
    @OptionGroup var store: StoreOptions

    func run() throws {
        let changes = try store.openToRead().changes(of: container)
        switch format {
        case .table: try StandardStream.output.write(stat ? DiffTable.statistics(changes) : DiffTable.lines(changes))
        case .json:
            let object = DiffTable.object(changes, withSizes: stat)
            let text = TerminalText.escapeJSON(JSONValue.object(object).encoded())
            try StandardStream.output.write(text + [UInt8(ascii: "\n")])
        }
    }
}

/// The forms in which changes are printed.
enum DiffFormat: String, ExpressibleByArgument, CaseIterable {
    case table
    case json
}
