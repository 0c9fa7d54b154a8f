import ArgumentParser
import LayerKit

/// `layerctl rename`: another name for a container.
struct RenameCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "rename", abstract: "Give a container another name.")

    @Argument(help: "CONTAINER: a name, an ID or the beginning of one") var container: String
    @Argument(help: "NAME") var name: String
    @OptionGroup var store: StoreOptions

    func run() throws { try store.openToWrite().renameContainer(container, to: name) }
}
