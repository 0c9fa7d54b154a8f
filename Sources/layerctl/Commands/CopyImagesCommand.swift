import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl copy`: images from one store into another.
struct CopyImagesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copy images into another store.",
        discussion: """
            What the other store has is not read; layers are verified on the way, and share blocks where the file system can. A name without a tag \
            copies all its tags.
            """
    )

    @Argument(help: "IMAGE") var images: [String]
    @Option(help: ArgumentHelp("The root of the other store, made when it is not there.", valueName: "dir")) var to:
        String
    @OptionGroup var store: StoreOptions

    func run() throws {
        let source = try store.openToRead()
        let target = try ImageStore(
            root: to,
            access: .writing,
            durability: store.effectiveDurability(),
            limits: store.limit.limits()
        )
        let report = try source.copy(images, to: target)
        for warning in report.warnings {
            try StandardStream.error.write("layerctl: warning: \(TerminalText.escape(warning))\n")
        }
        for image in report.images {
            let names = image.references.map(\.familiar).joined(separator: " ")
            try StandardStream.output.write("\(image.id)\(names.isEmpty ? "" : " " + TerminalText.escape(names))\n")
        }
    }
}
