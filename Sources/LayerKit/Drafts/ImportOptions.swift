public import ImageSpec
public import LayerModel

/// What is asked for when a root file system becomes an image.
public struct ImportOptions: Sendable {
    /// What the image runs on; nil for what the host does.
    public var platform: Platform?
    /// What its config says.
    public var changes: ConfigChanges?
    /// What the history is to say; nil for Docker's words.
    public var message: String?
    /// When the image is made; nil for now.
    public var time: Timestamp?
    /// How much of anything is read before it is refused.
    public var limits = InputLimits.standard

    /// Asks for an image without settings.
    public init() {}
}
