import ArgumentParser
import ImageSpec
import LayerKit
import LayerModel

/// `layerctl append`: one more layer on an image, without a container.
struct AppendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "append",
        abstract: "Put a layer of files on top of an image.",
        discussion: """
            Deletions come first: a path that is deleted and added is replaced as a whole. A single --tar is the layer as it is. With \
            SOURCE_DATE_EPOCH no file is newer. Prints the ID of the new image.
            """
    )

    @Argument(help: "IMAGE or FILE; scratch for no base") var image: String
    @Option(help: ArgumentHelp("Add what lies in a directory (repeatable).", valueName: "dir")) var dir: [String] = []
    @Option(help: ArgumentHelp("Add the entries of a tar, - for the standard input (repeatable).", valueName: "file"))
    var tar: [String] = []
    @Option(help: ArgumentHelp("Where they go.", valueName: "path")) var at = "/"
    @Option(help: ArgumentHelp("Delete a path of the layers below (repeatable).", valueName: "path"))
    var delete: [String] = []
    @Option(name: .shortAndLong, help: ArgumentHelp("What the history is to say.", valueName: "text"))
    var message: String?
    @OptionGroup var draft: DraftOptions

    func run() throws {
        var layer = LayerDraft()
        layer.latestTime = try SourceDate.current()
        layer.limits = try draft.store.limit.limits()
        for path in delete { layer.delete(try PathArgument.path(path)) }
        let place = try PathArgument.path(at)
        for path in dir { layer.add(directory: path, at: place) }
        for path in tar { layer.add(tar: path, at: place) }
        guard !layer.isEmpty else { throw LayerError(.usage, "append what? Give --dir, --tar or --delete") }
        var image = image == "scratch" ? try ImageDraft.empty(for: draft.platform) : try draft.open(image)
        try image.append(
            layer.made(),
            CommitStep(created: draft.time(), createdBy: "layerctl append", comment: message)
        )
        try draft.put(image)
    }
}
