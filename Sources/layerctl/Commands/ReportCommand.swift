import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl report`: an image at a glance, as a page.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a page that shows an image: layers, where the bytes are, waste, history, config.",
        discussion: """
            The page is one file that fetches nothing and is drawn by the browser, light or dark. Of a file all layers are read and verified.
            """
    )

    @Argument(help: "IMAGE|FILE") var image: String
    @Option(name: .shortAndLong, help: ArgumentHelp("Write the page to a file.", valueName: "file")) var output: String?
    @Option(help: ArgumentHelp("html or json, what the page shows.", valueName: "format")) var format = ReportFormat
        .html
    @Option(help: ArgumentHelp("The platform, os[/arch[/variant]], of a file that has several.", valueName: "platform"))
    var platform: Platform?
    @OptionGroup var store: StoreOptions

    func run() throws {
        let report = try TreeInquiry(store.openToRead(), platform: platform).report(on: image)
        let document = try ReportDocument.object(report, title: image)
        let bytes: [UInt8]
        switch format {
        case .html: bytes = ReportPage.html(document)
        case .json: bytes = TerminalText.escapeJSON(JSONValue.object(document).encoded()) + [UInt8(ascii: "\n")]
        }
        if let output { return try OutputFile.write(bytes, to: output) }
        guard format == .json || !Host.isTerminal(FileDescriptor(rawValue: 1)) else {
            throw LayerError(.usage, "a page is not for a terminal: use -o or redirect")
        }
        try StandardStream.output.write(bytes)
    }
}

/// The forms of a report.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    case html
    case json
}
