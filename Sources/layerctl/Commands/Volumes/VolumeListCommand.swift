import ArgumentParser
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl volume ls`.
struct VolumeListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "List the volumes.",
        discussion: "Filters: dangling=true|false, driver=, label=KEY[=VALUE], name= (a regular expression).",
        aliases: ["list"]
    )

    @Option(name: .shortAndLong, help: ArgumentHelp("dangling=, driver=, label=, name=", valueName: "filter"))
    var filter: [String] = []
    @Option(help: ArgumentHelp("table, 'table TEMPLATE', json, or a Go template.", valueName: "format")) var format = ""
    @Flag(name: .shortAndLong, help: "Names only.") var quiet = false
    @Flag(name: .shortAndLong, help: "Show sizes, numbers of files and of containers.") var size = false
    @OptionGroup var store: StoreOptions

    func run() throws {
        let filters = try VolumeFilter(filter, for: .listing)
        let listing = try store.openToRead().volumes(measuresSizes: size && !quiet)
        let volumes = listing.volumes.filter(filters.accepts).sorted { NaturalOrder.precedes($0.name, $1.name) }
        let rows = volumes.map { VolumeTable.row($0, hasSizes: size) }
        let formatter = VolumeTable.formatter(hasSizes: size)
        try StandardStream.output.write(formatter.output(rows, format: quiet ? "{{.Name}}" : format))
        try WarningList.write(listing.problems)
    }
}
