import ArgumentParser
import ImageSpec
import LayerKit
import LayerModel
import LayerSystem
import TextOutput

/// `layerctl find`: names in a tree that fit.
struct FindCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find",
        abstract: "Find names in a container or an image, in the store or in a file, without mounting it.",
        discussion: """
            A small part of find(1): a name must fit all that is asked for. A size is a count of bytes or has a unit (64k is 65536), with + \
            before it for more and with - for less; only regular files have one.
            """
    )

    @Argument(help: "CONTAINER|IMAGE|FILE|LAYER[:PATH]") var path: String
    @Option(
        name: [.long, .customLong("name", withSingleDash: true)],
        help: ArgumentHelp("The last component fits the glob.", valueName: "glob")
    ) var name: String?
    @Option(
        name: [.long, .customLong("type", withSingleDash: true)],
        help: ArgumentHelp(
            "f file, d directory, l link, b or c device, p FIFO, s socket; several with commas.",
            valueName: "types"
        )
    ) var type: FileKindSet?
    @Option(
        name: [.long, .customLong("size", withSingleDash: true)],
        parsing: .unconditional,
        help: ArgumentHelp("The length of a regular file.", valueName: "[+-]size")
    ) var size: FileSizeRange?
    @Option(
        name: [.long, .customLong("maxdepth", withSingleDash: true)],
        help: ArgumentHelp("No deeper than that below the path.", valueName: "n")
    ) var maxdepth: Int?
    @Option(help: ArgumentHelp("table or json.", valueName: "format")) var format = FileListFormat.table
    @Option(help: ArgumentHelp("The platform, os[/arch[/variant]].", valueName: "platform")) var platform: Platform?
    @OptionGroup var store: StoreOptions

    func run() throws {
        let inquiry = TreeInquiry(try store.openToRead(), platform: platform)
        let glob = name.map { GlobPattern($0) }
        var found: [ContainerFile] = []
        try inquiry.walk(path) { file, depth in
            guard depth <= maxdepth ?? Int.max, type?.kinds.contains(file.kind) ?? true else { return }
            if let size, file.kind != .regular || !size.contains(file.byteCount) { return }
            let last = file.name.split(separator: UInt8(ascii: "/")).last ?? file.name[...]
            guard glob?.matches(bytes: last) ?? true else { return }
            found.append(file)
        }
        switch format {
        case .table: try StandardStream.output.write(FileTable.names(found))
        case .json:
            try StandardStream.output.write(
                TerminalText.escapeJSON(FileTable.json(found).encoded()) + [UInt8(ascii: "\n")]
            )
        }
    }
}
