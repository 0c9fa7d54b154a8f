import ArgumentParser
import ImageSpec
import LayerKit
import LayerModel
import LayerSystem
import TextOutput

/// `layerctl bench`, which measures unless another verb is named.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: BenchRunCommand.configuration.abstract,
        discussion: """
            bench [OPTIONS] [WORK…] measures: bench --list says which works there are, bench run --help which options. bench compare holds two saved \
            reports against each other.
            """,
        subcommands: [BenchRunCommand.self, BenchCompareCommand.self],
        defaultSubcommand: BenchRunCommand.self
    )
}

/// `layerctl bench run`, or without `run`: layer I/O on this host's own file systems and drivers.
struct BenchRunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Measure layer I/O: loading, mounting, reading, copying up, committing.",
        discussion: """
            Each WORK (all of them, see --list) is done --runs times by each driver in turn, in a store of its own that is made beside the store and \
            removed at the end; the store itself is never written in. Figures are medians with the middle half of the runs; processor time is that of \
            this process, not of fuse-overlayfs. Nobody else should be at work on the machine meanwhile. --on tmpfs and --on loop need root.
            """
    )

    @Argument(help: "WORK") var works: [BenchmarkWork] = []
    @Flag(help: "List the works and what they do.") var list = false
    @OptionGroup var options: BenchOptions
    @Option(help: ArgumentHelp("table, json, or a Go template over the JSON.", valueName: "format")) var format: String?
    @Option(name: .shortAndLong, help: ArgumentHelp("Save the report as JSON as well.", valueName: "file"))
    var output: String?
    @Option(help: ArgumentHelp("Draw the report into FILE.html or FILE.svg.", valueName: "file")) var plot: String?
    @OptionGroup var store: StoreOptions

    func validate() throws {
        guard let plot, !plot.hasSuffix(".html"), !plot.hasSuffix(".svg") else { return }
        throw ValidationError("--plot draws a page or a picture: name FILE.html or FILE.svg")
    }

    func run() throws {
        guard !list else {
            return try ResultPrinter.write(format, lines: BenchWorkTable.lines) { BenchWorkTable.object }
        }
        let wanted = try options.options(works, store)
        let report = try measure(wanted)
        // Whatever the output is, what took minutes is saved first.
        if let output {
            try OutputFile.write(JSONValue.object(report.json).encoded() + [UInt8(ascii: "\n")], to: output)
        }
        if let plot { try OutputFile.write(BenchPlot(report).bytes(isPage: plot.hasSuffix(".html")), to: plot) }
        try ResultPrinter.write(format, lines: BenchTable.lines(report)) { report.json }
    }

    private func measure(_ wanted: BenchmarkOptions) throws -> BenchmarkReport {
        let benchmark = try LayerBenchmark(wanted)
        Host.rememberRequestsToEnd()
        if Host.mayMount, UserNamespace.isInitial {
            // reason: what is mounted then goes with this process whatever ends it; elsewhere the benchmark takes it away itself
            try? MountNamespace.enter()
        }
        let progress = BenchProgress()
        defer { progress.finish() }
        return try benchmark.run(isCancelled: { Host.requestToEnd != nil }, onProgress: progress.report)
    }
}
