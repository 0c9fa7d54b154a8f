import ArgumentParser
import ImageSpec
import LayerKit
import LayerModel
import LayerSystem

/// How a container comes to be: options of `create` and `run`.
struct CreateOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The container's name; a readable one is made up otherwise.", valueName: "name"))
    var name: String?
    @OptionGroup var labelArguments: LabelArguments
    @Option(help: ArgumentHelp("Write the ID to a file that is not there yet.", valueName: "file")) var cidfile: String?
    @Option(help: ArgumentHelp("The platform, os[/arch[/variant]].", valueName: "platform")) var platform: Platform?
    @OptionGroup(title: "Mounts") var mounts: MountRequestOptions
    @OptionGroup(title: "Process") var process: ProcessOptions

    /// Makes the container.
    ///
    /// - Parameters:
    ///   - image: IMAGE|FILE; that of a file is loaded first.
    ///   - command: The words behind it.
    ///   - options: Where the store is.
    /// - Returns: The container.
    /// - Throws: `LayerError`.
    func create(_ image: String, _ command: [String], in options: StoreOptions) throws -> ContainerDetails {
        let labels = try labelArguments.labels()
        let requests = try mounts.requests()
        let settings = try process.settings(command: command)
        let file = try cidfile.map { try ContainerIDFile($0) }
        do {
            let store = try options.openToWrite()
            let (id, imageName) = try findImage(image, in: store, options)
            let container = try store.createContainer(
                of: id,
                imageName: imageName,
                name: name.flatMap { $0.isEmpty ? nil : $0 },
                labels: labels,
                mounts: requests,
                process: settings
            )
            try file?.write(container.id)
            return container
        } catch {
            file?.discard()
            throw error
        }
    }

    private func findImage(
        _ image: String,
        in store: ImageStore,
        _ options: StoreOptions
    ) throws -> (id: ImageID, name: String) {
        let argument = ImageArgument(image)
        guard argument.isFile else {
            return (try FoundImage.details(image, platform: platform, store: options).id, image)
        }
        var loading = LoadOptions()
        loading.platform = platform
        guard let loaded = try store.load(argument, loading).images.first else {
            throw LayerError(.notFound, "\(image): no image in it")
        }
        return (loaded.id, loaded.references.first?.familiar ?? String(loaded.id.digest.hex.prefix(12)))
    }
}
