/// What there is to see of an image at once: where its bytes are, which are wasted, and how it came about.
public struct ImageReport: Sendable {
    /// A directory or a large file, and what is in it of which layer.
    public struct Place: Sendable {
        /// The name, as bytes; empty for the root.
        public let name: [UInt8]
        /// Whether it is a regular file.
        public let isFile: Bool
        /// What lies in it and below, in bytes, by the layer's place, 0 for the lowest; files that a later layer hides count as well.
        public let byteCounts: [Int: Int64]
        /// What lies in it, the largest first; what is less than a part in 4,000 of the image is left out.
        public let children: [Place]
    }

    /// The image, with the sizes of its layers.
    public let image: ImageDetails
    /// The commands that made the layers, the lowest first; empty where the history does not tell.
    public let commands: [String]
    /// The root.
    public let root: Place
    /// What is wasted.
    public let waste: ImageWaste
}
