import ArgumentParser
import LayerKit

/// `layerctl info`: the store, its file system and the driver.
struct InfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Show where the store is, what it holds, and which driver would mount."
    )

    @Option(name: .shortAndLong, help: ArgumentHelp("json or a Go template.", valueName: "format")) var format: String?
    @Flag(help: "Show the limits on what is read instead, as --limit takes them.") var limits = false
    @OptionGroup var driver: DriverOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
        if limits {
            let limits = try store.limit.limits()
            try ResultPrinter.write(format, lines: LimitTable.lines(limits)) { LimitTable.object(limits) }
            return
        }
        let info = try store.openToRead().info(driver: driver.name)
        let lines = Array(InfoDocument.lines(info).utf8)
        try ResultPrinter.write(format, lines: lines, shape: InfoDocument.shape) { InfoDocument.object(info) }
    }
}
