import ArgumentParser
import ImageSpec
import LayerKit
import LayerModel
import LayerSystem
import TextOutput

/// `layerctl commit`: an image of what a container has written, as `docker commit` makes it.
struct CommitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commit",
        abstract: "Make an image of a container's changes.",
        discussion: """
            Prints the new image's ID. SOURCE_DATE_EPOCH sets the time of the image, and no file of its layer is newer then. A glob without a \
            slash is matched with every component of a path, one with a slash with the path from the root and with the directories on it.
            """
    )

    @Argument(help: "CONTAINER") var container: String
    @Argument(help: "REPOSITORY[:TAG]") var target: String?
    @Option(name: .shortAndLong, help: ArgumentHelp("Who made the image.", valueName: "author")) var author: String?
    @Option(name: .shortAndLong, help: ArgumentHelp("What the history is to say.", valueName: "text"))
    var message: String?
    @OptionGroup(title: "Config") var config: ConfigChangeOptions
    @Flag(name: .shortAndLong, help: "Taken for Docker's sake: what runs is not paused.") var pause = false
    @Flag(help: "Taken for Docker's sake.") var noPause = false
    @Flag(help: "Make one layer of all.") var squash = false
    @Option(help: ArgumentHelp("Write the image's ID into a file.", valueName: "file")) var iidfile: String?
    @Option(help: ArgumentHelp("Only what matches (repeatable).", valueName: "glob")) var include: [String] = []
    @Option(help: ArgumentHelp("Not what matches (repeatable).", valueName: "glob")) var exclude: [String] = []
    @Flag(name: .customLong("move"), help: "Make the container's own files the layer's, without a copy.")
    var movesFiles = false
    @Flag(help: "Show what would be committed, and change nothing.") var dryRun = false
    @OptionGroup var store: StoreOptions

    func validate() throws {
        guard !(pause && noPause) else { throw ValidationError("--pause and --no-pause exclude each other") }
    }

    func run() throws {
        var options = CommitOptions()
        options.reference = try target.map(ImageName.parse)
        options.author = author
        options.message = message
        options.changes = try config.changes()
        options.isSquashed = squash
        options.isDryRun = dryRun
        options.movesFiles = movesFiles
        options.time = try SourceDate.current()
        options.selection = PathSelection(include: include, exclude: exclude)?.contains
        let report = try store.openToWrite().commit(container, options)
        for warning in report.warnings {
            try StandardStream.error.write("layerctl: warning: \(TerminalText.escape(warning))\n")
        }
        if dryRun { return try show(report) }
        if let iidfile { try OutputFile.write(Array("\(report.imageID)".utf8), to: iidfile) }
        try StandardStream.output.write("\(report.imageID)\n")
    }

    private func show(_ report: CommitReport) throws {
        try StandardStream.output.write(DiffTable.lines(report.changes))
        let layer = report.diffID.map { "layer \($0), \(HumanSize.text(report.layerByteCount))" } ?? "no layer"
        try StandardStream.output.write("\(layer), tar of \(HumanSize.text(report.tarByteCount))\n")
    }
}
