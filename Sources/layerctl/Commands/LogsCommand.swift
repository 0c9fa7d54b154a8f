import ArgumentParser
import ImageSpec
import LayerKit
import LayerModel
import LayerSystem

/// `layerctl logs`: what a process wrote.
struct LogsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs",
        abstract: "Print what the process of a container has written, but for what went to your terminal."
    )

    @Argument(help: "CONTAINER") var container: String
    @Flag(name: .shortAndLong, help: "Go on as long as the process runs.") var follow = false
    @Option(name: [.customShort("n"), .long], help: ArgumentHelp("The last lines only, or all.", valueName: "number"))
    var tail = "all"
    @Flag(name: .shortAndLong, help: "Show the time before each line.") var timestamps = false
    @Option(help: ArgumentHelp("Not what was written before that time (RFC 3339).", valueName: "time"))
    var since: String?
    @Option(help: ArgumentHelp("Only what was written before that time (RFC 3339).", valueName: "time"))
    var until: String?
    @OptionGroup var store: StoreOptions

    func run() throws {
        var options = LogOptions()
        options.follows = follow
        // As Docker does: what is no number means all.
        options.lineCount = Int(tail).flatMap { $0 < 0 ? nil : $0 }
        options.since = try since.map(Self.time)
        options.until = try until.map(Self.time)
        try store.openToRead().logs(of: container, options) { line in
            let stream = line.isError ? StandardStream.error : StandardStream.output
            // What a program writes is for whoever reads it, as with cat.
            try stream.write((timestamps ? line.time + " " : "") + line.text)
            if follow { try StandardStream.output.flush() }
        }
    }

    private static func time(_ text: String) throws -> Timestamp {
        guard let time = Timestamp(rfc3339: text) else {
            throw LayerError(.usage, "\(text): no time as 2024-01-02T03:04:05Z")
        }
        return time
    }
}
