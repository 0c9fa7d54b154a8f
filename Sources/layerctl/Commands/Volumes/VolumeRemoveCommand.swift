import ArgumentParser
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl volume rm`.
struct VolumeRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm",
        abstract: "Remove volumes that no container uses, with all their files.",
        aliases: ["remove"]
    )

    @Argument(help: "VOLUME …") var volumes: [String]
    @Flag(
        name: .shortAndLong,
        help: "A volume that is not there is no error, and one goes from the store whose plugin fails."
    ) var force = false
    @Flag(help: "Show what would be removed, and remove nothing.") var dryRun = false
    @OptionGroup var store: StoreOptions

    func run() throws {
        let store = try dryRun ? store.openToRead() : store.openToWrite()
        var failures = FailureList()
        for name in volumes {
            try failures.attempt {
                var warnings: [String] = []
                do throws(LayerError) {
                    warnings = try store.removeVolume(name, isForced: force, isDryRun: dryRun)
                } catch {
                    guard force, error.code == .notFound else { throw error }
                }
                try StandardStream.output.write(TerminalText.escape(name) + "\n")
                try WarningList.write(warnings)
            }
        }
        try failures.report()
    }
}
