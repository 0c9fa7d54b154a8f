import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl diff`: how one tree differs from another, as `docker diff` prints it.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what a container, a layer or another image has added (A), changed (C) and deleted (D).",
        discussion: """
            A and B are images, files with an image, single layers (IMAGE@N or FILE@N, 1 for the lowest, or a DiffID), containers or \
            directories. A container alone is compared with its image, a layer alone with what lies below it; beside another tree a \
            layer stands for what it brings itself. Nothing is loaded or mounted.

            Compared are kinds, modes, owners, times (but of directories), link targets, devices, extended attributes, sizes, and contents \
            always; the order of entries and of attributes never counts. Names of one file are compared each for \
            itself. Of a container alone only what it has written is read.
            """
    )

    /// Above this a file is no text that anybody reads the difference of.
    private static let contentByteLimit = 4 << 20

    @Argument(help: "CONTAINER|IMAGE|FILE|LAYER|DIR") var first: String
    @Argument(help: "What it is compared with.") var second: String?
    @Option(help: ArgumentHelp("table or json.", valueName: "format")) var format = DiffFormat.table
    @Flag(help: "Add the sizes of files before and after, and their sums.") var stat = false
    @Flag(help: "Another time alone is no change.") var semantic = false
    @Option(help: ArgumentHelp("Show how the text of this file differs.", valueName: "path")) var content: String?
    @Option(help: ArgumentHelp("The platform, os[/arch[/variant]].", valueName: "platform")) var platform: Platform?
    @OptionGroup var store: StoreOptions

    func validate() throws {
        if content != nil, stat || semantic || format != .table {
            throw ValidationError("--content goes with none of --stat, --semantic and --format")
        }
    }

    func run() throws {
        let arguments = [first] + (second.map { [$0] } ?? [])
        let inquiry = TreeInquiry(try store.openToRead(), platform: platform)
        if let content { return try printText(of: content, arguments, inquiry) }
        let changes = try inquiry.changes(between: arguments, ignoresTimes: semantic)
        try DiffTable.write(changes, as: format, withSizes: stat)
    }

    private func printText(of path: String, _ arguments: [String], _ inquiry: TreeInquiry) throws {
        let bytes = Array(path.utf8)
        let (former, current) = try inquiry.contents(
            of: bytes,
            between: arguments,
            byteLimit: Self.contentByteLimit
        )
        if former == current { return }
        let name = TerminalText.escape(path.hasPrefix("/") ? bytes : Array("/".utf8) + bytes)
        guard ![former, current].contains(where: { $0.map(UnifiedDiff.isBinary) ?? false }) else {
            throw LayerError(.failure, "\(name): a binary file, which differs")
        }
        let text = UnifiedDiff(former ?? [], current ?? []).output(
            oldName: former == nil ? "/dev/null" : "a" + name,
            newName: current == nil ? "/dev/null" : "b" + name
        )
        var output: [UInt8] = []
        TerminalText.append(text, to: &output, keeping: [.lineFeed, .tab])
        try StandardStream.output.write(output)
    }
}

/// The forms in which changes are printed.
enum DiffFormat: String, ExpressibleByArgument, CaseIterable {
    case table
    case json
}
