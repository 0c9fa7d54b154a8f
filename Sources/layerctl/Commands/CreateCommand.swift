import ArgumentParser
import ImageSpec
import LayerKit
import LayerModel
import LayerSystem

/// `layerctl create`: a container, a read-write layer above an image.
struct CreateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a container, a read-write layer above an image, and print its ID.",
        discussion: "The image of a file is loaded into the store first."
    )

    @Argument(help: "IMAGE|FILE") var image: String
    @Option(help: ArgumentHelp("The container's name; a readable one is made up otherwise.", valueName: "name"))
    var name: String?
    @OptionGroup var labelArguments: LabelArguments
    @Option(help: ArgumentHelp("Write the ID to a file that is not there yet.", valueName: "file")) var cidfile: String?
    @Option(help: ArgumentHelp("The platform, os[/arch[/variant]].", valueName: "platform")) var platform: Platform?
    @OptionGroup(title: "Mounts") var mounts: MountRequestOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
        let labels = try labelArguments.labels()
        let mounts = try self.mounts.requests()
        let file = try cidfile.map { try ContainerIDFile($0) }
        do {
            let store = try self.store.openToWrite()
            let (id, imageName) = try findImage(in: store)
            let container = try store.createContainer(
                of: id,
                imageName: imageName,
                name: name.flatMap { $0.isEmpty ? nil : $0 },
                labels: labels,
                mounts: mounts
            )
            try file?.write(container.id)
            try StandardStream.output.write(container.id.hex + "\n")
        } catch {
            file?.discard()
            throw error
        }
    }

    private func findImage(in store: ImageStore) throws -> (id: ImageID, name: String) {
        let argument = ImageArgument(image)
        guard argument.isFile else {
            return (try FoundImage.details(image, platform: platform, store: self.store).id, image)
        }
        var options = LoadOptions()
        options.platform = platform
        guard let loaded = try store.load(argument, options).images.first else {
            throw LayerError(.notFound, "\(image): no image in it")
        }
        return (loaded.id, loaded.references.first?.familiar ?? String(loaded.id.digest.hex.prefix(12)))
    }
}
