import ArgumentParser
import ImageSpec
import LayerKit

/// `layerctl mutate`: the config and the history of an image.
struct MutateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutate",
        abstract: "Change the config of an image; its layers stay as they are.",
        discussion: """
            Fields are emptied first, then instructions apply. The history gets a step without a layer, unless --no-history. SOURCE_DATE_EPOCH \
            sets the time of the image. Prints the ID of the new image.
            """
    )

    @Argument(help: "IMAGE or FILE") var image: String
    @OptionGroup(title: "Config") var config: ConfigChangeOptions
    @Option(name: .shortAndLong, help: ArgumentHelp("Who made the image.", valueName: "author")) var author: String?
    @Option(name: .shortAndLong, help: ArgumentHelp("What the history is to say.", valueName: "text"))
    var message: String?
    @Option(help: ArgumentHelp("What the history is to call the command.", valueName: "text")) var createdBy: String?
    @Flag(help: "Add no step to the history.") var noHistory = false
    @OptionGroup var draft: DraftOptions

    func validate() throws {
        guard !noHistory || (message == nil && createdBy == nil) else {
            throw ValidationError("--no-history excludes --message and --created-by")
        }
    }

    func run() throws {
        let changes = try config.changes()
        var image = try draft.open(image)
        let time = try draft.time()
        let text = createdBy ?? (config.change.isEmpty ? "layerctl mutate" : config.change.joined(separator: "; "))
        let step = CommitStep(created: time, createdBy: text, author: author, comment: message)
        try image.change(changes, author: author, step: noHistory ? nil : step, created: time)
        try draft.put(image)
    }
}
