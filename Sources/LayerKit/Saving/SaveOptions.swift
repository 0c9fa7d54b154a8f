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
    /// The platforms of which each image must be for one; none for any.
    public var platforms: [Platform] = []
    /// Images whose layers the receiver has: they are described, their bytes are left out.
    public var since: [String] = []
    /// How many threads compress; nil for one a processor.
    public var workerCount: Int?

    /// The usual choices.
    public init() {}

    /// Refuses what Docker's old form cannot carry: its layers are plain tars, and no document says what one that is left out is.
    func checkForm() throws(LayerError) {
        guard format == .dockerLegacy else { return }
        if let compression, compression != .uncompressed {
            throw LayerError(.usage, "layers of \(format.rawValue) are not compressed")
        }
        if !since.isEmpty { throw LayerError(.usage, "\(format.rawValue) cannot leave layers out") }
    }
}
