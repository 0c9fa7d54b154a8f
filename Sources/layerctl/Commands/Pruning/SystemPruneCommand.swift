import ArgumentParser
import LayerKit
import LayerModel
import LayerSystem

/// `layerctl system prune`.
///
/// Source: docker/cli `cli/command/system/prune.go`.
struct SystemPruneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove containers, images and volumes that nobody uses, and all that nothing names.",
        discussion: """
            Containers go first, then volumes, then images, then what gc removes. Filters: until=TIME, label=KEY[=VALUE], label!=KEY[=VALUE]. \
            --dry-run does not count volumes that only containers use which would go.
            """
    )

    @Flag(name: .shortAndLong, help: "Images with names as well.") var all = false
    @Flag(help: "Also the volumes that nobody gave a name.") var volumes = false
    @OptionGroup var options: PruneOptions

    func run() throws {
        let filter = try PruneFilter(options.filter)
        if volumes, filter.until != nil {
            throw LayerError(.usage, "The \"until\" filter is not supported with \"--volumes\"")
        }
        guard try options.confirm(warning(filter)) else { return }
        let store = try options.open()
        let containers = try store.pruneContainers(isDryRun: options.dryRun, where: filter.accepts)
        try PruneOutput.write(deleted: "Containers", containers.ids.map(\.hex))
        var (byteCount, problems, failures) = (containers.byteCount, containers.problems, containers.failures)
        if volumes {
            let pruned = try store.pruneVolumes(
                takesNamed: false,
                isDryRun: options.dryRun,
                where: filter.accepts
            )
            try PruneOutput.write(deleted: "Volumes", pruned.names)
            byteCount += pruned.byteCount
            problems += pruned.problems
            failures += pruned.failures
        }
        let images = try store.pruneImages(
            takesNamed: all,
            isDryRun: options.dryRun,
            after: options.dryRun ? Set(containers.ids) : [],
            where: filter.accepts
        )
        try PruneOutput.write(deleted: "Images", images.items.map(PruneOutput.line))
        let rest = try store.collectGarbage(isDryRun: options.dryRun) { try StoreWait.say(options.store.path) }
        try StandardStream.output.write(PruneOutput.total(byteCount + images.byteCount + rest.byteCount))
        try WarningList.write(images.kept)
        // Each looks at all records: what is damaged is told of once.
        var seen: Set<String> = []
        let damaged = (problems + images.problems + rest.problems).filter { seen.insert($0).inserted }
        try FailureList(failures + rest.failures.map { LayerError(.failure, $0) }, damaged: damaged).report()
    }

    private func warning(_ filter: PruneFilter) -> String {
        var kinds = ["all stopped containers"]
        if volumes { kinds.append("all anonymous volumes not used by at least one container") }
        kinds.append(all ? "all images without at least one container associated to them" : "all dangling images")
        kinds.append("all that nothing in the store names")
        let filters = filter.texts.sorted().map { "  - \($0)\n" }.joined()
        return "WARNING! This will remove:\n" + kinds.map { "  - \($0)\n" }.joined()
            + (filters.isEmpty ? "" : "\n  Items to be pruned will be filtered with:\n" + filters)
    }
}
