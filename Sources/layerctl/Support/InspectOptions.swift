import ArgumentParser
import ImageSpec
import LayerKit
import TextOutput

/// What all spellings of `inspect` take, and how they find and print.
struct InspectOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("json or a Go template.", valueName: "format")) var format: String?
    @OptionGroup var store: StoreOptions

    /// Prints what is found and reports what is not, as Docker does.
    func print(_ names: [String], _ find: (String) throws -> (object: JSONObject, shape: TemplateShape)) throws {
        var found: [(object: JSONObject, shape: TemplateShape)] = []
        var failures = FailureList()
        for name in names { try failures.attempt { found.append(try find(name)) } }
        try InspectPrinter(format: format).print(found)
        try failures.report()
    }

    /// The document of an image.
    func image(_ name: String, platform: Platform?) throws -> (object: JSONObject, shape: TemplateShape) {
        let image = try FoundImage.measured(name, platform: platform, store: store)
        return (InspectDocument.object(image), InspectDocument.shape)
    }

    /// The document of a container.
    func container(_ name: String, measuresSizes: Bool) throws -> (object: JSONObject, shape: TemplateShape) {
        let container = try store.openToRead().container(name, measuresSizes: measuresSizes)
        return (ContainerDocument.object(container, hasSizes: measuresSizes), ContainerDocument.shape)
    }
}
