import ArgumentParser
import LayerKit
import LayerSystem

/// `layerctl volume export`.
struct VolumeExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the files of a volume as a tar."
    )

    @Argument(help: "VOLUME") var volume: String
    @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file.", valueName: "file")) var output: String?
    @OptionGroup var store: StoreOptions

    func run() throws {
        if output == nil, Host.isTerminal(FileDescriptor(rawValue: 1)) {
            throw LayerError(.usage, "cowardly refusing to export to a terminal. Use the -o flag or redirect")
        }
        let store = try store.openToRead()
        var warnings: [String] = []
        if let output {
            try OutputFile.write(to: output) { file in
                warnings = try store.exportVolume(volume) { try file.write($0) }
            }
        } else {
            warnings = try store.exportVolume(volume) { try StandardStream.output.write($0) }
        }
        try WarningList.write(warnings)
    }
}
