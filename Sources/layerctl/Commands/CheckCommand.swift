import ArgumentParser
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl check`: whether all of the store is as it was written, and repairs.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the whole store, and repair it.",
        discussion: """
            Every record, document and index is read, and every name of every layer is held against the layer's index; with --data every file is \
            read as well, and the tar that is made of them held against the DiffID. What is wrong is listed, a line each, with a command that helps; \
            the exit status is then 5.

            --repair puts right what it can and checks again: names, kinds, modes, owners, times and attributes from the index of a layer, what files \
            hold from kept blobs and from archives that have the layer (--from), verified before anything is changed. Only what is damaged is \
            written, and nobody who reads or mounts a layer is disturbed. Containers and volumes are left to their owners.
            """
    )

    @Flag(help: "Read every file.") var data = false
    @Flag(help: "Put right what can be, and check again.") var repair = false
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("A file with images to repair from; several may be given.", valueName: "archive")
    )
    var from: [String] = []
    @Option(help: ArgumentHelp("table, json or a Go template.", valueName: "format")) var format: String?
    @Flag(name: .shortAndLong, help: "Print nothing; the exit status tells.") var quiet = false
    @Option(help: ArgumentHelp("Layers that are looked at at once.", valueName: "n")) var jobs: Int?
    @OptionGroup var store: StoreOptions

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more") }
        if !from.isEmpty, !repair { throw ValidationError("--from is for --repair") }
    }

    func run() throws {
        var options = CheckOptions()
        options.readsData = data
        options.workerCount = jobs
        let report =
            repair
            ? try store.openToWrite().repair(options, from: from.map(ImageArgument.fileArgument))
            : try store.openToRead().check(options)
        if !quiet {
            try ResultPrinter.write(format, lines: CheckDocument.lines(report, of: store.path)) {
                CheckDocument.object(report, of: store.path)
            }
            try WarningList.write(report.problems)
        }
        if !report.isIntact {
            try StandardStream.output.flush()
            throw ExitStatusError(status: .corrupt)
        }
    }
}
