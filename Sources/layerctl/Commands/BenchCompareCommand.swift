import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl bench compare`: two saved reports side by side.
struct BenchCompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare two reports that bench -o has saved.",
        discussion: """
            A ratio is how many times as long the median takes in NEW. What has changed is told by the spread: the middle halves of the runs of both do \
            not overlap. With --max-slowdown the exit status is 1 when something takes longer than that many times, and not only by chance.
            """
    )

    @Argument(help: "OLD.json") var old: String
    @Argument(help: "NEW.json") var new: String
    @Option(
        help: ArgumentHelp("End with status 1 when a work takes more than this many times as long.", valueName: "ratio")
    )
    var maxSlowdown: Double?
    @Option(help: ArgumentHelp("table, json, or a Go template over the JSON.", valueName: "format")) var format: String?

    func validate() throws {
        if let maxSlowdown, !(maxSlowdown > 0 && maxSlowdown.isFinite) {
            throw ValidationError("--max-slowdown is a ratio, as in 1.2")
        }
    }

    func run() throws {
        let comparison = BenchmarkComparison(
            old: try BenchmarkReport(readingFrom: old),
            new: try BenchmarkReport(readingFrom: new)
        )
        guard !comparison.rows.isEmpty else { throw LayerError(.usage, "the two reports have no figure in common") }
        let document = BenchComparisonDocument(comparison, maxSlowdown: maxSlowdown)
        try ResultPrinter.write(format, lines: document.lines) { document.object }
        guard !document.exceeded.isEmpty else { return }
        try StandardStream.output.flush()
        for line in document.failures { try StandardStream.error.write("layerctl: \(line)\n") }
        throw ExitStatusError(status: .failure)
    }
}
