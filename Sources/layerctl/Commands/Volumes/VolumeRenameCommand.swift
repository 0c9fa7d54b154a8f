import ArgumentParser
import LayerKit

/// `layerctl volume rename`.
struct VolumeRenameCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename",
        abstract: "Give a volume that no container uses another name."
    )

    @Argument(help: "VOLUME") var volume: String
    @Argument(help: "NAME") var name: String
    @OptionGroup var store: StoreOptions

    func run() throws { try store.openToWrite().renameVolume(volume, to: name) }
}
