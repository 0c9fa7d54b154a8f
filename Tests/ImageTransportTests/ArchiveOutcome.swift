import ImageSpec
import ImageTransport

/// How far a file gets: whether its documents are accepted, and then its layers.
enum ArchiveOutcome {
    /// Something refused it before any layer was read.
    case refusedAtOpening(any Error)
    /// The documents are in order; reading a layer failed.
    case refusedAtLayers(any Error)
    /// Every layer was read and verified.
    case good(ImageSource)

    /// Opens a file as `history` does, and then reads all layers as `load` does.
    init(
        _ path: String,
        selector: ImageSelector? = nil,
        platform: PlatformRequest = .host(Platform(os: "linux", architecture: "amd64"))
    ) {
        let source: ImageSource
        do {
            source = try ImageSource.open(.path(path), selector: selector, platform: platform)
            for image in source.images { _ = try image.config.layerIndexes() }
        } catch {
            self = .refusedAtOpening(error)
            return
        }
        do {
            for image in source.images { try image.checkLayers() }
            try source.readAllLayers()
            self = .good(source)
        } catch {
            self = .refusedAtLayers(error)
        }
    }

    /// Why the file was refused; nil when it was not.
    var failure: (any Error)? {
        switch self {
        case .refusedAtOpening(let error), .refusedAtLayers(let error): error
        case .good: nil
        }
    }
}
