import ArgumentParser
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl volume create`.
struct VolumeCreateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a volume and print its name.",
        discussion: """
            A volume that is there already with the same driver is as good. Options of the driver local: type=, device= and o=, as mount(8) \
            takes them; they are mounted while the volume is in use.
            """
    )

    @Argument(help: "VOLUME; 64 digits are made up otherwise.") var name: String?
    @Option(name: .shortAndLong, help: ArgumentHelp("Who keeps the files.", valueName: "driver")) var driver = "local"
    @OptionGroup var labelArguments: LabelArguments
    @Option(
        name: [.customShort("o"), .customLong("opt")],
        help: ArgumentHelp("An option of the driver.", valueName: "key=value")
    )
    var options: [String] = []
    @OptionGroup var store: StoreOptions

    func run() throws {
        var values: [String: String] = [:]
        for option in options {
            let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            values[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
        }
        let named = name.flatMap { $0.isEmpty ? nil : $0 }
        if driver == "local", let size = values["size"], HumanSize.parse(size) == nil {
            throw LayerError(.usage, "create \(named ?? ""): invalid size: '\(size)'")
        }
        let labels = try labelArguments.labels()
        let created = try store.openToWrite().createVolume(
            named: named,
            driver: driver.isEmpty ? nil : driver,
            labels: labels,
            options: values
        )
        try StandardStream.output.write(created + "\n")
    }
}
