import ArgumentParser
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl volume prune`.
///
/// Source: docker/cli `cli/command/volume/prune.go`.
struct VolumePruneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove the volumes that nobody gave a name and no container uses.",
        discussion: "Filters: label=KEY[=VALUE], label!=KEY[=VALUE], all=true|false."
    )

    @Flag(name: .shortAndLong, help: "Those with names as well.") var all = false
    @Option(help: ArgumentHelp("label=, label!=, all=", valueName: "filter")) var filter: [String] = []
    @Flag(name: .shortAndLong, help: "Do not ask.") var force = false
    @Flag(help: "Show what would be removed, and remove nothing.") var dryRun = false
    @OptionGroup var store: StoreOptions

    func run() throws {
        let filters = try VolumeFilter(filter, for: .pruning)
        if all, filters.takesAll {
            throw LayerError(.usage, "conflicting options: cannot specify both --all and --filter all=1")
        }
        let takesNamed = all || filters.takesAll
        if !force, !dryRun {
            let kind = takesNamed ? "all" : "anonymous"
            let warning = "WARNING! This will remove \(kind) local volumes not used by at least one container."
            guard try Confirmation.ask(warning + "\nAre you sure you want to continue?") else { return }
        }
        let store = try dryRun ? store.openToRead() : store.openToWrite()
        let pruned = try store.pruneVolumes(takesNamed: takesNamed, isDryRun: dryRun, where: filters.accepts)
        try PruneOutput.write(deleted: "Volumes", pruned.names)
        try StandardStream.output.write(PruneOutput.total(pruned.byteCount))
        try FailureList(pruned.failures, damaged: pruned.problems).report()
    }
}
