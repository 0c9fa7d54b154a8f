import ArgumentParser
import LayerKit
import LayerModel
import LayerSystem

/// `layerctl create`: a container, a read-write layer above an image.
struct CreateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a container, a read-write layer above an image, and print its ID.",
        discussion:
            "The image of a file is loaded into the store first. Options stand before the image: all behind it is the command."
    )

    @OptionGroup var options: CreateOptions
    @OptionGroup var store: StoreOptions
    @Argument(help: "IMAGE|FILE") var image: String
    @Argument(parsing: .captureForPassthrough, help: "What is to run in it, in place of the image's command.")
    var command: [String] = []

    func run() throws {
        try StandardStream.output.write(options.create(image, command, in: store).id.hex + "\n")
    }
}
