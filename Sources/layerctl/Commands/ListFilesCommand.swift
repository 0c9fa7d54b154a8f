import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl ls`: a directory of a container or an image.
struct ListFilesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "List a directory of a container or an image, in the store or in a file, without mounting it.",
        discussion: """
            Without a path the root is listed. Behind a file the path begins at the first :/ (app.tar:/etc). IMAGE@N and FILE@N, 1 for the \
            lowest, or a DiffID is a single layer: what it brings itself.
            """
    )

    @Argument(help: "CONTAINER|IMAGE|FILE|LAYER[:PATH]") var path: String
    @Flag(name: .customShort("l"), help: "Modes, owners, sizes and times as well.") var long = false
    @Flag(name: .shortAndLong, help: "Also names that begin with a dot.") var all = false
    @Flag(name: [.customShort("R"), .long], help: "Also what lies in directories.") var recursive = false
    @Option(help: ArgumentHelp("table or json.", valueName: "format")) var format = FileListFormat.table
    @Option(help: ArgumentHelp("The platform, os[/arch[/variant]].", valueName: "platform")) var platform: Platform?
    @OptionGroup var store: StoreOptions

    func run() throws {
        let inquiry = TreeInquiry(try store.openToRead(), platform: platform)
        let listings = try inquiry.listings(at: path, isRecursive: recursive) {
            all || $0.name.first != UInt8(ascii: ".")
        }
        switch format {
        case .table: try printText(listings)
        case .json:
            let list = recursive ? FileTable.json(listings) : FileTable.json(listings.flatMap(\.files))
            try StandardStream.output.write(TerminalText.escapeJSON(list.encoded()) + [UInt8(ascii: "\n")])
        }
    }

    private func printText(_ listings: [FileListing]) throws {
        for (place, listing) in listings.enumerated() {
            var output: [UInt8] = place == 0 ? [] : [UInt8(ascii: "\n")]
            if recursive {
                TerminalText.append(listing.path, to: &output)
                output += Array(":\n".utf8)
            }
            output += long ? FileTable.details(listing.files) : FileTable.names(listing.files)
            try StandardStream.output.write(output)
        }
    }
}

/// The forms in which files are listed.
enum FileListFormat: String, ExpressibleByArgument, CaseIterable {
    case table
    case json
}
