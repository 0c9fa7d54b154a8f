import ArgumentParser
import ImageSpec
import LayerKit
import LayerModel
import LayerSystem
import TextOutput

/// Where a verb that makes an image of another one finds it, and where the new one goes.
struct DraftOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("Name the new image so (repeatable).", valueName: "name"))
    var tag: [String] = []
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write it to a file or directory, - for the standard output; else it goes into the store.")
    )
    var output: String?
    @OptionGroup var archive: ArchiveOptions
    @Option(help: ArgumentHelp("The platform, os[/arch[/variant]].", valueName: "platform")) var platform: Platform?
    @OptionGroup var store: StoreOptions

    /// Finds an image in its file or in the store.
    func open(_ argument: String) throws -> ImageDraft {
        let image = ImageArgument(argument)
        if image.isFile {
            return try ArchiveImages(image, platform: platform, limits: store.limit.limits()).draft()
        }
        return try store.openToRead().draft(argument)
    }

    /// When the new image is made, and by what the history tells it: `SOURCE_DATE_EPOCH`, or else now.
    func time() throws -> Timestamp { try SourceDate.current() ?? Host.now() }

    /// Puts the new image where it is to go, and prints its ID, unless that would stand in the image itself.
    ///
    /// One that is made of a file's image keeps the names in a file, and gets none in the store but those that were asked for.
    ///
    /// - Parameters:
    ///   - draft: The image.
    ///   - name: One more name that was asked for.
    /// - Throws: `LayerError`.
    func put(_ draft: ImageDraft, as name: String? = nil) throws {
        let names = try (tag + [name].compactMap(\.self)).map(ImageName.parse)
        var draft = draft
        if let output {
            if !names.isEmpty { draft.references = names }
            try archive.write([draft], to: output)
            guard output != "-" else { return }
        } else {
            let report = try store.openToWrite().add([draft], names: names)
            for warning in report.warnings {
                try StandardStream.error.write("layerctl: warning: \(TerminalText.escape(warning))\n")
            }
        }
        try StandardStream.output.write("\(draft.id)\n")
    }
}
