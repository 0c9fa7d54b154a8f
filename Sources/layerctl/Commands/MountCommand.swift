import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl mount`: a container or an image as a directory.
struct MountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mount",
        abstract: "Show a container or an image as a directory, and print its path.",
        discussion: "Without arguments it lists what is mounted. An image only shows. TARGET is an existing directory."
    )

    @Argument(help: "CONTAINER|IMAGE") var name: String?
    @Argument(help: "TARGET") var target: String?
    @Flag(help: "Let nothing be written.") var readOnly = false
    @OptionGroup var driver: DriverOptions
    @Option(help: ArgumentHelp("For the list: table, json or a Go template.", valueName: "format")) var format = ""
    @Flag(name: .shortAndLong, help: "Say which driver was chosen, and why.") var verbose = false
    @OptionGroup var store: StoreOptions

    func run() throws {
        guard let name else { return try list() }
        var options = MountOptions()
        options.driver = driver.name
        options.isReadOnly = readOnly
        let mount = try store.openToWrite().mount(name, at: target, options)
        if verbose, let reason = mount.reason {
            try StandardStream.error.write("layerctl: driver \(mount.driver): \(TerminalText.escape(reason))\n")
        }
        // A path is for programs: it is printed as it is.
        try StandardStream.output.write(mount.path + [UInt8(ascii: "\n")])
    }

    private func list() throws {
        let rows = try store.openToRead().mounts().map(MountTableRows.row)
        try StandardStream.output.write(try MountTableRows.formatter.output(rows, format: format))
    }
}

/// Which driver is to mount: an option of the verbs that do.
struct DriverOptions: ParsableArguments {
    @Option(help: ArgumentHelp("auto, overlay, userns, fuse or copy (also LAYERCTL_DRIVER).", valueName: "driver"))
    var driver: String?

    /// The driver's name.
    var name: String { driver ?? Host.environment("LAYERCTL_DRIVER").flatMap { $0.isEmpty ? nil : $0 } ?? "auto" }
}
