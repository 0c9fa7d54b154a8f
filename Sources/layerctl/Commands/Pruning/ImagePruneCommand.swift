import ArgumentParser
import LayerKit
import LayerSystem

/// `layerctl image prune`.
///
/// Source: docker/cli `cli/command/image/prune.go`.
struct ImagePruneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove the images that have no name and that no container uses.",
        discussion: "Filters: until=TIME, label=KEY[=VALUE], label!=KEY[=VALUE]. What is mounted stays."
    )

    @Flag(name: .shortAndLong, help: "Those with names as well.") var all = false
    @OptionGroup var options: PruneOptions

    func run() throws {
        let filter = try PruneFilter(options.filter)
        let kind = all ? "all images without at least one container associated to them." : "all dangling images."
        guard try options.confirm("WARNING! This will remove \(kind)") else { return }
        let pruned = try options.open().pruneImages(
            takesNamed: all,
            isDryRun: options.dryRun,
            where: filter.accepts
        )
        try PruneOutput.write(deleted: "Images", pruned.items.map(PruneOutput.line))
        try StandardStream.output.write(PruneOutput.total(pruned.byteCount))
        try WarningList.write(pruned.kept)
        try FailureList(damaged: pruned.problems).report()
    }
}
