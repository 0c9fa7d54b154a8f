public import ImageSpec
public import LayerModel

/// What is asked for when a container becomes an image.
public struct CommitOptions: Sendable {
    /// The new image's name; nil for none.
    public var reference: ImageReference?
    /// The author; nil for that of the base image.
    public var author: String?
    /// What the history is to say.
    public var message: String?
    /// What becomes of the config.
    public var changes: ConfigChanges?
    /// Whether all layers become one.
    public var isSquashed = false
    /// Whether only to say what would be done.
    public var isDryRun = false
    /// Whether the container's own files become the layer's, without a copy: the container is on the new image then.
    public var movesFiles = false
    /// When the image is made; nil for now.
    ///
    /// No entry of the new layer is newer: files that are get this time (`SOURCE_DATE_EPOCH`).
    public var time: Timestamp?
    /// Which changes are to be kept, by their absolute paths; directories above a change that is kept stay with it.
    public var selection: (@Sendable ([UInt8]) -> Bool)?

    /// Asks for a plain commit.
    public init() {}
}
