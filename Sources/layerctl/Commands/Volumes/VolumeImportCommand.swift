import ArgumentParser
import LayerKit

/// `layerctl volume import`.
struct VolumeImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Put the files of a tar into a volume, which is made when it is not there."
    )

    @Argument(help: "VOLUME") var volume: String
    @Argument(help: "FILE, compressed or not; - for the standard input") var file: String
    @OptionGroup var store: StoreOptions

    func run() throws { try WarningList.write(store.openToWrite().importVolume(volume, from: file)) }
}
