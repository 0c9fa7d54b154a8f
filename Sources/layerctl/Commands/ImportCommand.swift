import ArgumentParser
import ImageSpec
import LayerKit

/// `layerctl import`: an archive of a root file system as an image, as `docker import` makes it.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make an image of a root file system in an archive.",
        discussion: """
            Reads tars of every dialect, cpio, zip, 7z, ISO 9660, RAR, xar, LHA and cab, plain or compressed with gzip, bzip2, xz, zstd or lz4. The \
            content of a tar is the layer, byte for byte; other archives become a tar. Prints the ID. SOURCE_DATE_EPOCH sets the time of the image.
            """
    )

    @Argument(help: "FILE or -") var file: String
    @Argument(help: "REPOSITORY[:TAG]") var target: String?
    @Option(name: .shortAndLong, help: ArgumentHelp("What the history is to say.", valueName: "text"))
    var message: String?
    @OptionGroup(title: "Config") var config: ConfigChangeOptions
    @OptionGroup var draft: DraftOptions

    func run() throws {
        guard !file.contains("://") else {
            throw LayerError(.usage, "nothing is fetched here: give a file, or - with `curl … | layerctl import -`")
        }
        var options = ImportOptions()
        options.platform = draft.platform
        options.changes = try config.changes()
        options.message = message
        options.time = try draft.time()
        options.limits = try draft.store.limit.limits()
        try draft.put(ImageDraft.importing(file, options), as: target)
    }
}
