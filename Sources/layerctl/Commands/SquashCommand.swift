import ArgumentParser
import ImageSpec
import LayerKit

/// `layerctl squash`: several layers of an image become one.
struct SquashCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "squash",
        abstract: "Make one layer of several layers of an image.",
        discussion: """
            Layers are counted from 1, the lowest. Without --from and --to all become one. The new layer removes by whiteouts what they removed \
            of the layers below; the steps of the history stay and make no layer. Prints the ID of the new image; the old one stays as it is.
            """
    )

    @Argument(help: "IMAGE or FILE") var image: String
    @Option(help: ArgumentHelp("The lowest layer of those that become one.", valueName: "n")) var from: Int?
    @Option(help: ArgumentHelp("The highest layer of those that become one.", valueName: "n")) var to: Int?
    @Flag(help: "All layers.") var all = false
    @Option(name: .shortAndLong, help: ArgumentHelp("What the history is to say.", valueName: "text"))
    var message: String?
    @OptionGroup var draft: DraftOptions

    func validate() throws {
        guard !all || (from == nil && to == nil) else {
            throw ValidationError("--all excludes --from and --to")
        }
    }

    func run() throws {
        var image = try draft.open(image)
        let (first, last) = (from ?? 1, to ?? image.layers.count)
        guard first >= 1, first <= last, last <= image.layers.count else {
            throw LayerError(.usage, "no layers \(first) to \(last): the image has \(image.layers.count)")
        }
        let text = message ?? "squashed layers \(first) to \(last)"
        try image.squash((first - 1)..<last, CommitStep(created: draft.time(), comment: text))
        try draft.put(image)
    }
}
