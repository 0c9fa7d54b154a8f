import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl waste`: what layers store that the image does not need.
struct WasteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waste",
        abstract: "Show what the layers of an image store that the image does not need.",
        discussion: """
            Wasted are the bytes of files that a later layer has overwritten or deleted. Files with the same content are listed as well and not \
            counted as wasted. The efficiency is dive's: over all paths, the smallest size that a layer has there, divided by all sizes. \
            Where a limit is not kept the exit status is 1.
            """
    )

    @Argument(help: "IMAGE|FILE") var image: String
    @Option(help: ArgumentHelp("The most that may be wasted: a size (10m) or a share of all (5%).", valueName: "size"))
    var maxWasted: WasteLimit?
    @Option(help: ArgumentHelp("The least efficiency: 0.95 or 95%.", valueName: "share")) var minEfficiency: Share?
    @Option(help: ArgumentHelp("How many paths the table has; 0 for all.", valueName: "n")) var top = 20
    @Option(help: ArgumentHelp("table or json.", valueName: "format")) var format = FileListFormat.table
    @Option(help: ArgumentHelp("The platform, os[/arch[/variant]].", valueName: "platform")) var platform: Platform?
    @OptionGroup var store: StoreOptions

    func validate() throws {
        if top < 0 { throw ValidationError("--top is at least 0") }
    }

    func run() throws {
        let waste = try TreeInquiry(store.openToRead(), platform: platform).waste(of: image)
        switch format {
        case .table: try StandardStream.output.write(WasteTable.text(waste, limit: top == 0 ? Int.max : top))
        case .json:
            let object = JSONValue.object(WasteTable.object(waste))
            try StandardStream.output.write(TerminalText.escapeJSON(object.encoded()) + [UInt8(ascii: "\n")])
        }
        let misses = [maxWasted?.miss(waste), minEfficiency?.miss(waste)].compactMap(\.self)
        guard misses.isEmpty else { throw LayerError(.failure, misses.joined(separator: "; ")) }
    }
}
