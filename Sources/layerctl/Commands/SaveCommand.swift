import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem

/// `layerctl save`: images of the store into an archive or a directory.
struct SaveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "save",
        abstract: "Write images to an archive that Docker, podman and others load.",
        discussion: """
            A name without a tag saves all its tags, an ID saves the image without a name. Every layer is made again and verified: a damaged one \
            ends the save, and no file is left. The same images give the same bytes.
            """
    )

    @Argument(help: "IMAGE") var images: [String]
    @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file, or make a directory.", valueName: "file"))
    var output: String?
    @OptionGroup var archive: ArchiveOptions
    @Option(
        help: ArgumentHelp(
            "Fail unless each image is for os[/arch[/variant]], or one of several.",
            valueName: "platform"
        ),
        transform: PlatformList.init
    )
    var platform: [PlatformList] = []
    @Option(
        help: ArgumentHelp(
            "Leave out the layers of an image that the receiver has; load refuses the file where one is missing.",
            valueName: "image"
        )
    )
    var since: [String] = []
    @OptionGroup var store: StoreOptions

    func run() throws {
        var options = archive.options
        options.platforms = platform.flatMap(\.platforms)
        options.since = since
        let store = try store.openToRead()
        if archive.format == .ociDirectory {
            guard let output else { throw LayerError(.usage, "oci-dir is a directory: name it with -o") }
            return try store.save(images, options, intoDirectory: output)
        }
        if let output {
            return try OutputFile.write(to: output) { file in
                try store.save(images, options) { try file.write($0) }
            }
        }
        // Source: docker/cli `cli/command/image/save.go`.
        guard !Host.isTerminal(FileDescriptor(rawValue: 1)) else {
            throw LayerError(.usage, "cowardly refusing to save to a terminal. Use the -o flag or redirect")
        }
        try StandardStream.output.flush()
        try store.save(images, options) { try StandardStream.output.descriptor.writeAll($0) }
    }
}
