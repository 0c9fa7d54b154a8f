import ArgumentParser
import ImageSpec
import LayerKit
import LayerModel
import LayerSystem
import TextOutput

/// `layerctl du`: what directories of an image hold.
struct TreeUsageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "du",
        abstract: "Sum up what lies in the directories of a container or an image, in the store or in a file.",
        discussion: """
            Counted are the lengths of files and of link targets in bytes, names of one file once, directories themselves not: what \
            `du --apparent-size` counts less the directories.
            """
    )

    @Argument(help: "CONTAINER|IMAGE|FILE|LAYER[:PATH]") var path: String
    @Flag(name: [.customShort("s"), .customLong("summarize")], help: "The sum alone.") var isSummary = false
    @Flag(name: .shortAndLong, help: "Also files.") var all = false
    @Flag(name: [.customShort("h"), .customLong("human-readable")], help: "Sizes for people.") var isHuman = false
    @Option(
        name: [.customShort("d"), .long],
        help: ArgumentHelp("Directories down to that depth.", valueName: "n")
    ) var maxDepth: Int?
    @Option(help: ArgumentHelp("table or json.", valueName: "format")) var format = FileListFormat.table
    @Option(help: ArgumentHelp("The platform, os[/arch[/variant]].", valueName: "platform")) var platform: Platform?
    @OptionGroup var store: StoreOptions

    func validate() throws {
        if let maxDepth, maxDepth < 0 { throw ValidationError("--max-depth is at least 0") }
        if isSummary, all || maxDepth != nil { throw ValidationError("-s goes with neither -a nor -d") }
    }

    func run() throws {
        let inquiry = TreeInquiry(try store.openToRead(), platform: platform)
        let limit = isSummary ? 0 : maxDepth ?? Int.max
        var usage = TreeUsage()
        var rows: [(path: [UInt8], byteCount: Int64)] = []
        try inquiry.walk(path, isPostOrder: true) { file, depth in
            let byteCount = usage.add(file, depth: depth)
            guard depth <= limit, all || file.kind == .directory || depth == 0 else { return }
            rows.append((file.name, byteCount))
        }
        switch format {
        case .table:
            for row in rows {
                let size = isHuman ? HumanSize.text(row.byteCount) : String(row.byteCount)
                try StandardStream.output.write("\(size)\t\(TerminalText.escape(row.path))\n")
            }
        case .json:
            let list = JSONValue.array(
                rows.map { .object(["path": .string(FileTable.text($0.path)), "size": JSONValue($0.byteCount)]) }
            )
            try StandardStream.output.write(TerminalText.escapeJSON(list.encoded()) + [UInt8(ascii: "\n")])
        }
    }
}
