public import ImageSpec
public import LayerModel

/// What a load did.
public struct LoadReport: Sendable {
    /// One image of the file.
    public struct Image: Sendable {
        /// The image.
        public let id: ImageID
        /// The names that it has now.
        public let references: [ImageReference]
        /// Names that another image had before, and that image.
        public let replaced: [(reference: ImageReference, image: ImageID)]
    }

    /// The images, in the order of the file.
    public internal(set) var images: [Image] = []
    /// Things that a user should know, one line each: what an ordinary user's disk cannot hold, layers left out.
    public internal(set) var warnings: [String] = []
    /// How many layers were unpacked.
    public internal(set) var unpackedLayerCount = 0
    /// The layers that were there, damaged, and are as they were now; a warning names each.
    public internal(set) var healedLayers: [DiffID] = []
    /// How many layers were there already.
    public internal(set) var presentLayerCount = 0
}
