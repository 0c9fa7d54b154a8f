import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl info`: the store, its file system and the driver.
struct InfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Show where the store is, what it holds, and which driver would mount."
    )

    @Option(name: .shortAndLong, help: ArgumentHelp("json or a Go template.", valueName: "format")) var format: String?
    @OptionGroup var driver: DriverOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
        let info = try store.openToRead().info(driver: driver.name)
        let object = InfoDocument.object(info)
        switch format {
        case nil: try StandardStream.output.write(InfoDocument.lines(info))
        case "json":
            try StandardStream.output.write(
                TerminalText.escapeJSON(JSONValue.object(object).encoded()) + [UInt8(ascii: "\n")]
            )
        case let text?:
            var output: [UInt8] = []
            let template = try GoTemplate(parsing: text)
            try template.execute(InfoDocument.templateValue(object), into: &output, keeping: [.lineFeed, .tab])
            try StandardStream.output.write(output + [UInt8(ascii: "\n")])
        }
    }
}
