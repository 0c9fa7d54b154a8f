/// What the layers of an image store that the image does not need.
public struct ImageWaste: Sendable {
    /// Why bytes are not needed.
    ///
    /// The raw values are what tables and JSON print.
    public enum Kind: String, Sendable {
        /// A later layer has something else at that path.
        case overwritten
        /// A later layer has removed that path.
        case deleted
        /// Other files of the image have the same content.
        case duplicate
    }

    /// What could be spared at one path.
    public struct Item: Sendable {
        /// Why.
        public let kind: Kind
        /// The path, absolute; of files with the same content the first one.
        public let path: [UInt8]
        /// How many files could be spared.
        public let count: Int
        /// What they hold, in bytes.
        public let byteCount: Int64
    }

    /// What could be spared, the most first; of every kind.
    public let items: [Item]
    /// How many layers there are.
    public let layerCount: Int
    /// The lengths of the files of all layers, in bytes.
    public let byteCount: Int64
    /// Between 0 and 1: what remains of all sizes when of each path only the smallest counts; 1 where nothing is stored twice.
    ///
    /// This is dive's efficiency: the sum over all paths of the smallest size that a layer has there, divided by the sum of all.
    ///
    /// Source: wagoodman/dive `dive/filetree/efficiency.go`.
    public let efficiency: Double

    /// What items of some kinds hold, in bytes.
    public func byteCount(of kinds: Kind...) -> Int64 {
        items.reduce(0) { $0 + (kinds.contains($1.kind) ? $1.byteCount : 0) }
    }
}
