public import ImageSpec
public import LayerModel

/// The content of a volume at one time, as an immutable layer of the store.
///
/// It is an image of that one layer, with a name and with a label that tells the volume's: it shares layers as images do, stays as long as
/// it has its name, and can be saved, listed and compared as any image.
public struct VolumeSnapshot: Sendable {
    /// The label of the image that tells the volume's name.
    public static let volumeLabel = "layerctl.volume"
    private static let repository = "volume-snapshot/"
    private static let tagByteLimit = 128

    /// The volume that it was made of.
    public let volume: String
    /// The image.
    public let imageID: ImageID
    /// The layer.
    public let diffID: DiffID
    /// The name of the image; nil once somebody has taken that away.
    public let reference: ImageReference?
    /// When it was made.
    public let created: Timestamp
    /// What its files hold, in bytes; nil for a layer that is not whole.
    public let byteCount: Int64?
    /// How many files it has; nil for a layer that is not whole.
    public let fileCount: Int64?

    /// The snapshot that an image is; nil for another image.
    init?(_ image: ImageDetails) {
        guard let volume = image.config.config["Labels"]?[Self.volumeLabel]?.stringValue,
            image.layers.count == 1
        else { return nil }
        self.volume = volume
        imageID = image.id
        diffID = image.layers[0].diffID
        reference = image.references.first
        created = image.config.created ?? Timestamp(seconds: 0)
        byteCount = image.layers[0].size?.treeByteCount
        fileCount = image.layers[0].size.map { Int64($0.fileCount) }
    }

    /// The name of the image of a snapshot.
    ///
    /// - Parameters:
    ///   - volume: The volume's name, which is a tag unless it is too long for one.
    ///   - id: The image.
    /// - Returns: The name.
    /// - Throws: `ReferenceError`.
    static func reference(of volume: String, _ id: ImageID) throws -> ImageReference {
        let tag = String(decoding: volume.utf8.prefix(tagByteLimit), as: UTF8.self)
        return try ImageReference(parsing: repository + id.digest.hex.prefix(12) + ":" + tag).withDefaultTag
    }
}
