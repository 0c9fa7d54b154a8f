import ArgumentParser
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl gc`: everything out of the store that nothing names.
struct CollectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gc",
        abstract: "Remove everything from the store that nothing names.",
        discussion: """
            Layers and blobs that no image and no container has, work that was cut off, what is left in the trash, mounts of what is gone. \
            Images, containers and volumes stay: prune and rm remove those. Of a damaged image or container nobody knows what it needs: as \
            long as there is one, all layers stay, and a warning names it. Waits until nobody adds to the store; cut off at any point, the \
            next one goes on.
            """
    )

    @Flag(name: [.customLong("dry-run"), .customLong("plan")], help: "Show what would be removed, and remove nothing.")
    var dryRun = false
    @Option(help: ArgumentHelp("table, json, or a Go template over the JSON.", valueName: "format"))
    var format: String?
    @OptionGroup var store: StoreOptions

    func run() throws {
        // A store that is not there must not come to be for that.
        let report = try store.openToRead().collectGarbage(isDryRun: dryRun) { try StoreWait.say(store.path) }
        try ResultPrinter.write(format, lines: CollectionTable.text(report)) { CollectionTable.object(report) }
        try WarningList.write(report.problems)
        try FailureList(report.failures.map { LayerError(.failure, $0) }).report()
    }
}
