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
    @Option(help: ArgumentHelp("auto, overlay, userns, fuse or copy (also LAYERCTL_DRIVER).", valueName: "driver"))
    var driver: String?
    @OptionGroup var store: StoreOptions

    func run() throws {
        let usual = Host.environment("LAYERCTL_DRIVER").flatMap { $0.isEmpty ? nil : $0 } ?? "auto"
        let info = try store.openToRead().info(driver: driver ?? usual)
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
