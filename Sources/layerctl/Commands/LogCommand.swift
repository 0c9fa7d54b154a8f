import ArgumentParser
import LayerKit

/// `layerctl log`: all that layers did to a path.
struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Show all that the layers of an image did to a path, the newest first."
    )

    @Argument(help: "IMAGE|FILE") var image: String
    @Argument(help: "PATH") var path: String
    @OptionGroup var options: EventOptions

    func run() throws {
        let table = EventTable(isTruncated: !options.noTrunc)
        let rows = try options.events(of: [path], in: image).flatMap { path, events in
            events.reversed().map { table.row(path, $0) }
        }
        try options.write(rows, EventTable.formatter(withPath: false))
    }
}
