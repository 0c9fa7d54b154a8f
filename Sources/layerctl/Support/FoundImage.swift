import ImageSpec
import LayerKit

/// Finds the image that IMAGE|FILE means.
enum FoundImage {
    /// Finds it in its file or in the store; layers in a file are not measured.
    static func details(_ argument: String, platform: Platform?, store: StoreOptions) throws -> ImageDetails {
        let image = ImageArgument(argument)
        if image.isFile {
            return try ArchiveImages(image, platform: platform, limits: store.limit.limits()).onlyImage()
        }
        return try fromStore(argument, platform: platform, store: store)
    }

    /// Finds it in its file, with the sizes of its layers, or in the store.
    static func measured(_ argument: String, platform: Platform?, store: StoreOptions) throws -> ImageDetails {
        let image = ImageArgument(argument)
        guard image.isFile else { return try fromStore(argument, platform: platform, store: store) }
        let file = try ArchiveImages(image, platform: platform, limits: store.limit.limits())
        return try file.measuring(file.onlyImage())
    }

    private static func fromStore(_ name: String, platform: Platform?, store: StoreOptions) throws -> ImageDetails {
        let image = try store.openToRead().image(name)
        if let platform, image.config.platform.flatMap({ platform.rank(of: $0, isStrict: true) }) == nil {
            let reason = "was found but does not match the specified platform: wanted \(platform)"
            throw LayerError(.notFound, "image with reference \(name) \(reason)")
        }
        return image
    }
}
