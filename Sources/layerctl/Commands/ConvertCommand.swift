import ArgumentParser
import ImageSpec
import LayerKit

/// `layerctl convert`: images of a file in another form, without a store.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Write the images of an archive in another form, without a store.",
        discussion: """
            All images of SRC, or the one that FILE:REF or FILE:@N names. Configs keep their bytes, and layers theirs unless --compress asks for \
            another kind or the form cannot carry theirs; where all do, the manifest keeps its bytes too. Every digest is verified, and DST \
            appears whole or not at all.
            """
    )

    @Argument(help: "FILE, FILE:REF, FILE:@N or -") var source: String
    @Argument(help: "The file or directory to write; - for the standard output") var destination: String
    @OptionGroup var archive: ArchiveOptions
    @Option(help: ArgumentHelp("The platform, os[/arch[/variant]].", valueName: "platform")) var platform: Platform?
    @OptionGroup var limit: LimitOptions

    func run() throws {
        let images = try ArchiveImages(.fileArgument(source), platform: platform, limits: limit.limits())
        try archive.write(images.drafts(), to: destination)
    }
}
