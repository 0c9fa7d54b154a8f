import ArgumentParser
import ImageSpec
import LayerKit
import TextOutput

/// `layerctl inspect`: all that is known of containers, and of images in the store or in files.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show all that is known of containers, and of images in the store or in files.",
        discussion: "What is no file is a container first, then an image, as with Docker; --type chooses."
    )

    /// What kinds of things there are.
    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case container
        case image
    }

    @Argument(help: "NAME|FILE …") var names: [String]
    @Option(help: ArgumentHelp("Look for that only.", valueName: "type")) var type: Kind?
    @OptionGroup var options: InspectOptions
    @Flag(name: .shortAndLong, help: "Show sizes of containers.") var size = false
    @Option(help: ArgumentHelp("The platform, os[/arch[/variant]].", valueName: "platform")) var platform: Platform?

    func run() throws {
        try options.print(names, find)
    }

    private func find(_ name: String) throws -> (object: JSONObject, shape: TemplateShape) {
        if type == .container { return try container(name) }
        if type == .image || ImageArgument(name).isFile { return try image(name) }
        do {
            return try container(name)
        } catch let error as LayerError where error.code == .notFound || error.code == .conflict {
            do {
                return try image(name)
            } catch let missing as LayerError where missing.code == .notFound && platform == nil {
                // An ID that several containers begin with is a better answer than that there is no image.
                guard error.code == .notFound else { throw error }
                throw LayerError(.notFound, "No such object: \(name)")
            }
        }
    }

    private func container(_ name: String) throws -> (object: JSONObject, shape: TemplateShape) {
        try options.container(name, measuresSizes: size)
    }

    private func image(_ name: String) throws -> (object: JSONObject, shape: TemplateShape) {
        try options.image(name, platform: platform)
    }
}

/// `layerctl image inspect`.
struct ImageInspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show all that is known of images, in the store or in files."
    )

    @Argument(help: "IMAGE|FILE …") var images: [String]
    @OptionGroup var options: InspectOptions
    @Option(help: ArgumentHelp("The platform, os[/arch[/variant]].", valueName: "platform")) var platform: Platform?

    func run() throws {
        try options.print(images) { try options.image($0, platform: platform) }
    }
}

/// `layerctl container inspect`.
struct ContainerInspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show all that is known of containers."
    )

    @Argument(help: "CONTAINER …") var containers: [String]
    @OptionGroup var options: InspectOptions
    @Flag(name: .shortAndLong, help: "Show sizes.") var size = false

    func run() throws {
        try options.print(containers) { try options.container($0, measuresSizes: size) }
    }
}
