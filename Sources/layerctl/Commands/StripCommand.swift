import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem

/// `layerctl strip`: paths out of every layer.
struct StripCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "strip",
        abstract: "Take paths out of every layer of an image, as if they had never been there.",
        discussion: """
            All below a path goes with it. Other names of a file that goes keep it. Layers that have none of the paths keep their bytes. Prints the \
            ID of the new image.
            """
    )

    @Argument(help: "IMAGE or FILE") var image: String
    @Argument(help: "PATH") var paths: [String]
    @Option(name: .shortAndLong, help: ArgumentHelp("What the history is to say.", valueName: "text"))
    var message: String?
    @Flag(help: "Add no step to the history.") var noHistory = false
    @OptionGroup var draft: DraftOptions

    func run() throws {
        var image = try draft.open(image)
        let text = "layerctl strip " + paths.joined(separator: " ")
        let step = try CommitStep(created: draft.time(), createdBy: text, comment: message)
        guard try image.strip(paths.map(PathArgument.path), noHistory ? nil : step) > 0 else {
            throw LayerError(.notFound, "no layer has any of these paths")
        }
        try draft.put(image)
    }
}
