import ArgumentParser
import LayerKit

/// `layerctl rebase`: an image on another base.
struct RebaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebase",
        abstract: "Put the layers that an image added to its base on top of another base.",
        discussion: """
            The layers of the old base must be the lowest ones of the image. The settings of the image stay its own; the history is that of the new \
            base and what the image added. Prints the ID of the new image.
            """
    )

    @Argument(help: "IMAGE or FILE") var image: String
    @Option(help: ArgumentHelp("The base that the image was made from.", valueName: "image|file")) var old: String
    @Option(help: ArgumentHelp("The base that it is to stand on.", valueName: "image|file")) var new: String
    @OptionGroup var draft: DraftOptions

    func run() throws {
        var image = try draft.open(image)
        try image.rebase(from: draft.open(old), onto: draft.open(new), created: draft.time())
        try draft.put(image)
    }
}
