import ArgumentParser
import ImageSpec
import LayerKit

/// `layerctl tag`: one more name for an image.
struct TagCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag",
        abstract: "Give an image of the store another name."
    )

    @Argument(help: "IMAGE: a name, an ID or the beginning of one") var source: String
    @Argument(help: "NAME[:TAG]") var target: String
    @OptionGroup var store: StoreOptions

    func run() throws {
        let name = try ImageName.parse(target)
        guard name.digest == nil else { throw LayerError(.usage, "refusing to create a tag with a digest reference") }
        try store.openToWrite().tag(source, as: name)
    }
}
