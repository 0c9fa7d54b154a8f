import ArgumentParser
import LayerKit
import LayerSystem

/// `layerctl volume clone`.
struct VolumeCloneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clone",
        abstract: "Make a volume with the files of another one and print its name.",
        discussion: "Files share blocks where the file system can do that, until one of them is written."
    )

    @Argument(help: "VOLUME") var volume: String
    @Argument(help: "NAME of the copy") var name: String
    @OptionGroup var store: StoreOptions

    func run() throws {
        let warnings = try store.openToWrite().cloneVolume(volume, as: name)
        try StandardStream.output.write(name + "\n")
        try WarningList.write(warnings)
    }
}
