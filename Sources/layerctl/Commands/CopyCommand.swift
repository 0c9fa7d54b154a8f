import ArgumentParser
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl cp`: between containers and the host, as `docker cp`.
struct CopyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cp",
        abstract: "Copy between a container and the host, out of an image, or between containers.",
        usage: """
            layerctl cp [-a] [-L] [-q] CONTAINER:SRC|IMAGE:SRC DEST|-
            layerctl cp [-a] [-L] [-q] SRC|- CONTAINER:DEST
            """,
        discussion: """
            A directory that does not exist yet gets what lies in SRC; into one that does, SRC goes under its own name, or with /. at the end \
            of SRC all that lies in it. Links are copied as links. With - a tar is written or read. The container may be mounted or not.
            """
    )

    @Flag(name: .shortAndLong, help: "Keep owners and extended attributes.") var archive = false
    @Flag(name: [.customShort("L"), .long], help: "Follow a link that SRC names.") var followLink = false
    @Flag(name: .shortAndLong, help: "Say nothing of success, and give no warnings.") var quiet = false
    @Argument(help: "CONTAINER:PATH, IMAGE:PATH, a path of the host, or -") var source: String
    @Argument(help: "CONTAINER:PATH, a path of the host, or -") var destination: String
    @OptionGroup var store: StoreOptions

    func run() throws {
        var options = CopyOptions()
        options.isArchive = archive
        options.followsLinks = followLink
        let report = try opened().copy(source, to: destination, options)
        guard !quiet else { return }
        for warning in report.warnings {
            try StandardStream.error.write("layerctl: warning: " + TerminalText.escape(warning) + "\n")
        }
        guard let place = report.destination, Host.isTerminal(FileDescriptor(rawValue: 2)) else { return }
        let size = HumanSize.text(report.byteCount)
        try StandardStream.error.write("Successfully copied \(size) to \(TerminalText.escape(place))\n")
    }

    private func opened() throws -> ImageStore {
        if case .tree = CopyArgument(destination) { return try store.openToWrite() }
        return try store.openToRead()
    }
}
