import ArgumentParser
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl export`: the file system of a container or an image as one archive.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the file system of a container or an image as an archive."
    )

    @Argument(help: "CONTAINER|IMAGE") var name: String
    @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file.", valueName: "file")) var output: String?
    @Option(
        help: ArgumentHelp("tar, cpio (an initramfs) or mtree (a list with digests).", valueName: "format"),
        transform: Self.format
    )
    var format = ExportFormat.tar
    @OptionGroup var store: StoreOptions

    func run() throws {
        if output == nil, Host.isTerminal(FileDescriptor(rawValue: 1)) {
            let reason = "cowardly refusing to export to a terminal. Use the -o flag or redirect"
            throw LayerError(.usage, reason)
        }
        let store = try store.openToRead()
        var warnings: [String] = []
        if let output {
            try OutputFile.write(to: output) { file in
                warnings = try store.export(name, as: format) { try file.write($0) }
            }
        } else {
            warnings = try store.export(name, as: format) { try StandardStream.output.write($0) }
        }
        for warning in warnings {
            try StandardStream.error.write("layerctl: warning: \(TerminalText.escape(warning))\n")
        }
    }

    private static func format(_ text: String) throws -> ExportFormat {
        guard let format = ExportFormat(rawValue: text) else {
            let known = ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("no such format: \(text) (there are \(known))")
        }
        return format
    }
}
