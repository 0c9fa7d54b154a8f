public import ImageSpec
import ImageTransport
public import LayerModel
import LayerSystem
import LayerTree

/// The images of a file, read without a store.
public struct ArchiveImages: Sendable {
    let source: ImageSource
    /// The images, in the order of the file, of one platform each; sizes of layers are not known yet.
    public let images: [ImageDetails]

    /// Opens a file: documents are read and verified, layers are not read.
    ///
    /// - Parameters:
    ///   - argument: A file.
    ///   - platform: The platform that is wanted; nil for the host's where it is there.
    ///   - limits: How much of anything is read before it is refused.
    /// - Throws: `LayerError`.
    public init(
        _ argument: ImageArgument,
        platform: Platform? = nil,
        limits: InputLimits = .standard
    ) throws(LayerError) {
        guard case .file(let input, let selector) = argument.locator else {
            throw LayerError(.usage, "\(argument.name ?? ""): not a file")
        }
        source = try LayerError.catching {
            try ImageSource.open(input, selector: selector, platform: .wanting(platform), limits: limits)
        }
        images = source.images.map(ImageDetails.init)
    }

    /// The image, where there is one only.
    ///
    /// - Returns: The image.
    /// - Throws: `LayerError` that lists the images when one must be chosen.
    public func onlyImage() throws(LayerError) -> ImageDetails {
        let image = try LayerError.catching { try source.onlyImage() }
        return ImageDetails(image)
    }

    /// Reads the layers of an image for their sizes: headers only where a layer is not compressed.
    ///
    /// - Parameters:
    ///   - image: An image of this file.
    ///   - workerCount: How many layers are read at once; nil for one a processor.
    /// - Returns: The image with the size of every layer that is in the file.
    /// - Throws: `LayerError` for a layer that cannot be read.
    public func measuring(_ image: ImageDetails, workerCount: Int? = nil) throws(LayerError) -> ImageDetails {
        guard let layers = source.images.first(where: { $0.imageID == image.id })?.layers else { return image }
        let scan = LayerScan(layers.filter(\.isPresent))
        try LayerError.catching { try scan.run(workers: workerCount ?? WorkerPool.processorCount) }
        var measured = image
        for index in measured.layers.indices {
            guard let found = scan.statistics(of: measured.layers[index].diffID) else { continue }
            measured.layers[index].size = LayerSize(treeByteCount: found.treeByteCount, fileCount: found.fileCount)
        }
        return measured
    }
}

extension PlatformRequest {
    /// What the user asked for, or what suits the host.
    static func wanting(_ platform: Platform?) -> PlatformRequest {
        platform.map(PlatformRequest.explicit) ?? .host(.host)
    }
}

extension Platform {
    /// What this host runs.
    static var host: Platform {
        Platform(os: "linux", architecture: Host.architecture, variant: Host.architectureVariant)
    }
}

extension ImageDetails {
    init(_ image: ArchiveImage) {
        self.init(
            id: image.imageID,
            config: image.config,
            references: image.references,
            manifestDigest: image.manifestDigest?.digest,
            layers: image.layers.map { layer in
                LayerDetails(
                    diffID: layer.diffID,
                    blobDigest: layer.blobDigest,
                    blobByteCount: layer.isPresent ? layer.byteCount : layer.declaredByteCount,
                    size: nil
                )
            },
            location: nil,
            sourceFormat: image.sourceFormat.rawValue
        )
    }
}
