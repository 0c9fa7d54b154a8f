public import ImageSpec

/// What a load is asked for.
public struct LoadOptions: Sendable {
    /// The platform that is wanted; nil for the host's where it is there.
    public var platform: Platform?
    /// A name to give to the image, instead of those that the file gives; only for a file with one image.
    public var name: ImageReference?
    /// Whether the layers' compressed bytes are kept beside their trees.
    public var keepsBlobs = false
    /// How many layers are unpacked at once; nil for one a processor.
    public var workerCount: Int?

    /// The usual choices.
    public init() {}
}
