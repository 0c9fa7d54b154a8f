import ArgumentParser
import LayerKit

/// `layerctl volume inspect`.
struct VolumeInspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show all that is known of volumes."
    )

    @Argument(help: "VOLUME …") var volumes: [String]
    @OptionGroup var options: InspectOptions
    @Flag(name: .shortAndLong, help: "Show sizes, numbers of files and of containers.") var size = false

    func run() throws {
        try options.print(volumes) { name in
            let volume = try options.store.openToRead().volume(name, measuresSizes: size)
            return (VolumeDocument.object(volume, hasSizes: size), VolumeDocument.shape)
        }
    }
}
