import ArgumentParser
import ImageSpec
import LayerKit
import LayerSystem
import TextOutput

/// `layerctl inspect`: all that is known of images, in the store or in files.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show all that is known of images, in the store or in files."
    )

    @OptionGroup var arguments: InspectArguments

    func run() throws { try arguments.run() }
}

/// `layerctl image inspect`.
struct ImageInspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show all that is known of images, in the store or in files."
    )

    @OptionGroup var arguments: InspectArguments

    func run() throws { try arguments.run() }
}

/// The arguments of both spellings, and what they do.
struct InspectArguments: ParsableArguments {
    @Argument(help: "IMAGE|FILE …") var images: [String]
    @Option(name: .shortAndLong, help: ArgumentHelp("json or a Go template.", valueName: "format")) var format: String?
    @Option(help: ArgumentHelp("The platform, os[/arch[/variant]].", valueName: "platform")) var platform: Platform?
    @OptionGroup var store: StoreOptions

    /// Prints what is found and reports what is not, as Docker does.
    func run() throws {
        var found: [JSONObject] = []
        var errors: [LayerError] = []
        for image in images {
            do {
                found.append(InspectDocument.object(try FoundImage.measured(image, platform: platform, store: store)))
            } catch let error as LayerError {
                errors.append(error)
            }
        }
        try print(found)
        try StandardStream.output.flush()
        guard let first = errors.first else { return }
        for error in errors {
            try StandardStream.error.write(
                "layerctl: " + TerminalText.escape(error.message, keeping: [.lineFeed]) + "\n"
            )
        }
        throw ExitStatusError(status: ExitStatus(first))
    }

    private func print(_ found: [JSONObject]) throws {
        switch format {
        case nil:
            let array = JSONValue.array(found.map(JSONValue.object))
            try StandardStream.output.write(TerminalText.escapeJSON(array.encoded(pretty: true)) + [UInt8(ascii: "\n")])
        case "json":
            let array = JSONValue.array(found.map(JSONValue.object))
            try StandardStream.output.write(TerminalText.escapeJSON(array.encoded()) + [UInt8(ascii: "\n")])
        case let text?:
            let template = try GoTemplate(parsing: text)
            for object in found {
                var output: [UInt8] = []
                try template.execute(InspectDocument.templateValue(object), into: &output, keeping: [.lineFeed, .tab])
                try StandardStream.output.write(output + [UInt8(ascii: "\n")])
            }
        }
    }
}
