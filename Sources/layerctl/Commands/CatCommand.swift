import ArgumentParser
import LayerKit
import LayerSystem

/// `layerctl cat`: files of containers and images.
struct CatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cat",
        abstract: "Print files of containers and images, without mounting them."
    )

    @Argument(help: "CONTAINER:PATH or IMAGE:PATH …") var paths: [String]
    @OptionGroup var store: StoreOptions

    func run() throws {
        let store = try store.openToRead()
        let output = StandardStream.output
        try output.flush()
        var failures = FailureList()
        for path in paths {
            try failures.attempt {
                try store.readFile(at: path) { bytes in try output.descriptor.writeAll(bytes) }
            }
        }
        try failures.report()
    }
}
