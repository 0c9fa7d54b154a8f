public import ImageSpec

/// What a save is asked for.
public struct SaveOptions: Sendable {
    /// What is written.
    public var format = SaveFormat.dockerArchive
    /// How layers are compressed.
    ///
    /// Nil for kept bytes as they are, and no compression where none are kept. With a choice, kept bytes are used where they are of
    /// that kind, whatever their level. Docker's form takes no other kept bytes than gzip and plain ones, which every Docker reads.
    public var compression: BlobCompression?
    /// The platform that the images must be for; nil for any.
    public var platform: Platform?
    /// How many layers are compressed at once; nil for one a processor.
    public var workerCount: Int?

    /// The usual choices.
    public init() {}
}
