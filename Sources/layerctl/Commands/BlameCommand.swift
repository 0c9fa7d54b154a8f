import ArgumentParser
import LayerKit

/// `layerctl blame`: which layer made paths what they are.
struct BlameCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blame",
        abstract: "Show which layer, and which step of the history, made each path what it is.",
        discussion: """
            The change is created, re-created, modified (the content), attributes (mode, owner, time or extended attributes alone) or deleted. \
            A layer that has a file once more as it was is passed over; `log` shows it as repeated.
            """
    )

    @Argument(help: "IMAGE|FILE") var image: String
    @Argument(help: "PATH …") var paths: [String]
    @OptionGroup var options: EventOptions

    func run() throws {
        let found = try options.events(of: paths, in: image)
        let table = EventTable(isTruncated: !options.noTrunc)
        let rows = found.compactMap { path, events in
            (events.last { $0.kind != .repeated } ?? events.last).map { table.row(path, $0) }
        }
        try options.write(rows, EventTable.formatter(withPath: true))
    }
}
