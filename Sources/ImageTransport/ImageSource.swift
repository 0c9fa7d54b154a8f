package import LayerModel
package import LayerSystem

/// Images in a file: a docker-archive of any age, an OCI layout or an OCI archive, compressed or not, from a disk or a pipe.
///
/// Opening reads the documents and verifies them; of a layer nothing is read, but where the form of the file leaves no choice: the
/// bodies in a compressed or piped file go to a temporary file without a name, and layers from before Docker 1.10 are hashed.
package final class ImageSource: Sendable {
    /// What messages call the file.
    package let label: String
    /// The form of the file.
    package let format: ArchiveFormat
    /// The images, each for the platform that was chosen, in the order of the file.
    package let images: [ArchiveImage]
    /// The images of the file as an error lists them, one line each (`@0 busybox:latest`).
    package let choices: [String]
    /// The lines of images that were passed over because they are not there for the platform that was asked for.
    package let passedOver: [String]

    private let ambiguity: TransportError

    private init(
        label: String,
        catalog: ImageCatalog,
        images: [ArchiveImage],
        passedOver: [String]
    ) {
        self.label = label
        self.images = images
        self.passedOver = passedOver
        format = catalog.format
        choices = catalog.entries.map(\.choice)
        ambiguity = catalog.ambiguity
    }

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - input: The file, directory or stream.
    ///   - selector: Which image of the file; nil for all of them.
    ///   - platform: Which platform's image where there are several.
    ///   - spoolDirectory: Where the bodies of compressed and piped files go; nil for `TMPDIR`, or else `/var/tmp`.
    ///   - limits: What is too much, in the documents and in the layers.
    /// - Returns: The source.
    /// - Throws: `TransportError`.
    package static func open(
        _ input: ImageInput,
        selector: ImageSelector? = nil,
        platform: PlatformRequest,
        spoolDirectory: Directory? = nil,
        limits: InputLimits = .standard
    ) throws -> ImageSource {
        let contents = try ContentsOpener.open(input, spoolDirectory: spoolDirectory, limits: limits)
        let catalog = try TransportError.naming(contents.subject) { try ImageCatalog(contents) }
        var images: [ArchiveImage] = []
        var passedOver: [String] = []
        var mismatch: TransportError?
        for entry in try catalog.choose(selector) {
            do {
                images.append(try TransportError.naming(contents.subject) { try catalog.image(entry, platform) })
            } catch let error as TransportError where error.kind == .platform {
                mismatch = mismatch ?? error
                passedOver.append(entry.choice)
            }
        }
        if let mismatch, images.isEmpty { throw mismatch }
        return ImageSource(label: input.label, catalog: catalog, images: images, passedOver: passedOver)
    }

    /// The image, where there is one only.
    ///
    /// - Returns: The image.
    /// - Throws: `TransportError`: `ambiguous` with the choices, or `notFound` when there is none.
    package func onlyImage() throws -> ArchiveImage {
        guard let image = images.first else {
            throw TransportError(.notFound, TransportError.Subject(file: label), "there is no image in it")
        }
        guard images.count == 1 else { throw ambiguity }
        return image
    }
}
