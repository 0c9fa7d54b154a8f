import ArgumentParser
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl umount`: mounts away.
struct UnmountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "umount",
        abstract: "Take mounts of containers and images away.",
        aliases: ["unmount"]
    )

    @Argument(help: "CONTAINER|IMAGE|DIRECTORY …") var names: [String] = []
    @Flag(name: .shortAndLong, help: "All that is mounted.") var all = false
    @Flag(
        name: [.short, .long, .customLong("force"), .customShort("f")],
        help: "Also what is in use, as soon as it is no more."
    )
    var lazy = false
    @OptionGroup var store: StoreOptions

    func validate() throws {
        guard names.isEmpty == all else { throw ValidationError(all ? "--all takes no names" : "name what to unmount") }
    }

    func run() throws {
        let store = try store.openToWrite()
        var failures = FailureList()
        for name in try all ? store.mounts().map(MountTableRows.name) : names {
            try failures.attempt {
                try store.unmount(name, isLazy: lazy)
                try StandardStream.output.write(TerminalText.escape(name) + "\n")
            }
        }
        try failures.report()
    }
}
