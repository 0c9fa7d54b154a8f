import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem

/// `layerctl cat`: files of containers and images.
struct CatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cat",
        abstract: "Print files of containers and images, in the store or in files, without mounting them.",
        discussion:
            "Behind a file the path begins at the first :/ (app.tar:/etc/passwd). Links are followed inside the image."
    )

    @Argument(help: "CONTAINER:PATH, IMAGE:PATH or FILE:/PATH …") var paths: [String]
    @Option(help: ArgumentHelp("The platform, os[/arch[/variant]].", valueName: "platform")) var platform: Platform?
    @OptionGroup var store: StoreOptions

    func run() throws {
        let inquiry = TreeInquiry(try store.openToRead(), platform: platform)
        let output = StandardStream.output
        try output.flush()
        var failures = FailureList()
        for path in paths {
            try failures.attempt {
                try inquiry.readFile(at: path) { bytes in try output.descriptor.writeAll(bytes) }
            }
        }
        try failures.report()
    }
}
