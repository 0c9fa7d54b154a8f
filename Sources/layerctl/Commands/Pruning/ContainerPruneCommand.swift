import ArgumentParser
import LayerKit
import LayerModel
import LayerSystem

/// `layerctl container prune`.
///
/// Source: docker/cli `cli/command/container/prune.go`.
struct ContainerPruneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove the containers that neither run nor are mounted.",
        discussion: "Filters: until=TIME, label=KEY[=VALUE], label!=KEY[=VALUE]."
    )

    @OptionGroup var options: PruneOptions

    func run() throws {
        let filter = try PruneFilter(options.filter)
        guard try options.confirm("WARNING! This will remove all stopped containers.") else { return }
        let pruned = try options.open().pruneContainers(isDryRun: options.dryRun, where: filter.accepts)
        try PruneOutput.write(deleted: "Containers", pruned.ids.map(\.hex))
        try StandardStream.output.write(PruneOutput.total(pruned.byteCount))
        try FailureList(pruned.failures, damaged: pruned.problems).report()
    }
}
