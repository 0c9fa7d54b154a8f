import ArgumentParser
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl bundle`: a container as an OCI runtime takes it.
struct BundleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle",
        abstract: "Make an OCI runtime bundle of a container: config.json and a rootfs that shows it.",
        discussion: """
            Any OCI runtime runs it: crun run -b DIR NAME. What is written there is the container's. umount CONTAINER takes the rootfs away.

            For an ordinary user the rootfs is a copy, and the config asks for a user namespace; with layerctl unshare around both commands \
            it is a mount.
            """
    )

    @Argument(help: "CONTAINER") var container: String
    @Argument(help: "DIR, which is made") var directory: String
    @OptionGroup var driver: DriverOptions
    @Flag(name: .shortAndLong, help: "Say which driver was chosen, and why.") var verbose = false
    @OptionGroup var store: StoreOptions

    func run() throws {
        let mount = try store.openToWrite().makeBundle(of: container, at: directory, driver: driver.name)
        if verbose, let reason = mount.reason {
            try StandardStream.error.write("layerctl: driver \(mount.driver): \(TerminalText.escape(reason))\n")
        }
        try StandardStream.output.write(directory + "\n")
    }
}
