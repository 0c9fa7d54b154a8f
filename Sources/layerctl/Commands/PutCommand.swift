import ArgumentParser
import LayerKit

/// `layerctl put`: a file into a container.
struct PutCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "put",
        abstract: "Write a file of a container, from a file of the host or from the standard input.",
        usage: "layerctl put [FILE|-] CONTAINER:PATH",
        discussion: """
            What stands there is replaced in one step; a link is followed inside the container. The file belongs to root and has the mode of \
            FILE, or 0644.
            """
    )

    @Argument(help: "FILE or - (the usual), and CONTAINER:PATH") var arguments: [String]
    @OptionGroup var store: StoreOptions

    func validate() throws {
        guard (1...2).contains(arguments.count) else { throw ValidationError("write [FILE|-] CONTAINER:PATH") }
    }

    func run() throws {
        let source = arguments.count == 2 ? arguments[0] : "-"
        try store.openToWrite().putFile(source, at: arguments[arguments.count - 1])
    }
}
