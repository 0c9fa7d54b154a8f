import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl ls`: a directory of a container or an image.
struct ListFilesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "List a directory of a container or an image, without mounting it."
    )

    @Argument(help: "CONTAINER:PATH or IMAGE:PATH") var path: String
    @Flag(name: .customShort("l"), help: "Modes, owners, sizes and times as well.") var long = false
    @Flag(name: .shortAndLong, help: "Also names that begin with a dot.") var all = false
    @Option(help: ArgumentHelp("table or json.", valueName: "format")) var format = FileListFormat.table
    @OptionGroup var store: StoreOptions

    func run() throws {
        let files = try store.openToRead().files(at: path).filter { all || $0.name.first != UInt8(ascii: ".") }
        switch format {
        case .table: try StandardStream.output.write(long ? FileTable.details(files) : FileTable.names(files))
        case .json:
            let text = TerminalText.escapeJSON(FileTable.json(files).encoded())
            try StandardStream.output.write(text + [UInt8(ascii: "\n")])
        }
    }
}

/// The forms in which files are listed.
enum FileListFormat: String, ExpressibleByArgument, CaseIterable {
    case table
    case json
}
