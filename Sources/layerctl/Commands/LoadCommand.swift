import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl load`: images from files into the store.
struct LoadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Load images from archives, or from the standard input, into the store.",
        discussion: """
            Reads docker-archives of any age, OCI layouts and OCI archives, plain or compressed with gzip, bzip2, xz, zstd or lz4. Every size and \
            digest is verified, and what was loaded is on the disk before success is reported.

            Limits, with what is usual: \(LimitTable.standards).
            """
    )

    @Argument(help: "FILE, FILE:REF or FILE:@N") var files: [String] = []
    @Option(name: .shortAndLong, help: ArgumentHelp("Read from a file (- for the standard input).", valueName: "file"))
    var input: String?
    @Flag(name: .shortAndLong, help: "No progress, no warnings.") var quiet = false
    @Option(help: ArgumentHelp("The platform, os[/arch[/variant]].", valueName: "platform")) var platform: Platform?
    @Option(help: ArgumentHelp("Name the image so, instead of as its file says.", valueName: "name")) var name: String?
    @Flag(help: "Keep the layers' compressed bytes as well.") var keepBlobs = false
    @Option(help: ArgumentHelp("auto, plain, json or none.", valueName: "style")) var progress = ProgressStyle.auto
    @Option(help: ArgumentHelp("Layers that are unpacked at once.", valueName: "n")) var jobs: Int?
    @OptionGroup var store: StoreOptions

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more") }
    }

    func run() throws {
        let inputs = try arguments()
        var options = LoadOptions()
        options.platform = platform
        options.keepsBlobs = keepBlobs
        options.workerCount = jobs
        options.name = try name.map { try ImageName.parse($0) }
        if options.name != nil, inputs.count > 1 { throw ValidationError("--name needs a single file") }
        let store = try store.openToWrite()
        for input in inputs { try load(input, options, into: store) }
    }

    private func arguments() throws -> [ImageArgument] {
        var inputs = files.map(ImageArgument.fileArgument)
        if let input { inputs.insert(.fileArgument(input), at: 0) }
        if !inputs.isEmpty { return inputs }
        // Source: docker/cli `cli/command/image/load.go`.
        guard !Host.isTerminal(FileDescriptor(rawValue: 0)) else {
            throw LayerError(.usage, "requested load from stdin, but stdin is empty")
        }
        return [.file("-")]
    }

    private func load(_ input: ImageArgument, _ options: LoadOptions, into store: ImageStore) throws {
        let meter = ProgressMeter(progress, isQuiet: quiet)
        defer { meter.finish() }
        let report = try store.load(input, options) { meter.report($0) }
        meter.finish()
        for image in report.images {
            for replaced in image.replaced {
                let name = replaced.reference.familiar
                let old = replaced.image
                try say("The image \(name) already exists, renaming the old one with ID \(old) to empty string")
            }
            if image.references.isEmpty { try say("Loaded image ID: \(image.id)") }
            for reference in image.references { try say("Loaded image: \(reference.familiar)") }
        }
        guard !quiet else { return }
        try StandardStream.output.flush()
        for warning in report.warnings {
            try StandardStream.error.write("layerctl: warning: " + TerminalText.escape(warning) + "\n")
        }
    }

    private func say(_ line: String) throws {
        try StandardStream.output.write(TerminalText.escape(line) + "\n")
    }
}

extension ProgressStyle: ExpressibleByArgument {}
