import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl verify`: whether images are what they were.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify images of the store or of files.",
        discussion: """
            In the store every file of every layer is held against the layer's index, and the tar that follows from both against the DiffID. In a \
            file all sizes and digests are verified. What is wrong is listed, a line each; the exit status is then 5.
            """
    )

    @Argument(help: "IMAGE|FILE") var images: [String] = []
    @Flag(name: .shortAndLong, help: "All images and layers of the store.") var all = false
    @Option(help: ArgumentHelp("The platform, os[/arch[/variant]], of files that have several.", valueName: "platform"))
    var platform: Platform?
    @Option(help: ArgumentHelp("json or a Go template.", valueName: "format")) var format: String?
    @Flag(name: .shortAndLong, help: "Print faults alone.") var quiet = false
    @OptionGroup var store: StoreOptions

    func validate() throws {
        if images.isEmpty != all { throw ValidationError("name images, or --all for the whole store") }
    }

    func run() throws {
        var reports: [(subject: String, report: VerifyReport)] = []
        if all { reports.append((store.path, try store.openToRead().verifyAll())) }
        for name in images {
            let argument = ImageArgument(name)
            let report =
                argument.isFile
                ? try ArchiveImages(argument, platform: platform, limits: store.limit.limits()).verify()
                : try store.openToRead().verify([name])
            reports.append((name, report))
        }
        try ResultPrinter.write(format, lines: VerifyDocument.lines(reports, isQuiet: quiet)) {
            VerifyDocument.object(reports)
        }
        if !reports.allSatisfy(\.report.isIntact) {
            try StandardStream.output.flush()
            throw ExitStatusError(status: .corrupt)
        }
    }
}
