import LayerStorage

/// What a collection took out of a store, or would take.
public struct CollectionReport: Sendable {
    /// A thing that nobody needs.
    public struct Item: Hashable, Sendable {
        /// What it is: `layer`, `image`, `blob`, `container`, `volume`, `unfinished` (what dead processes left), `trash`, `directory`,
        /// `mount`, `run`.
        public let kind: String
        /// Where it lies, from the store's root on, or a mount's place: bytes.
        public let path: [UInt8]
        /// What goes from the disk with it: the content of files, in bytes.
        public let byteCount: Int64
        /// How many files and directories go from the disk with it.
        public let inodeCount: Int64

        init(_ item: StoreCollection.Item) {
            kind = item.kind.rawValue
            path = item.path
            byteCount = item.byteCount
            inodeCount = item.inodeCount
        }
    }

    /// The things, in the order in which they go.
    public internal(set) var items: [Item]
    /// A line for each damaged record, and for what only its owner can decide on: all that it may need stays.
    public internal(set) var problems: [String]
    /// A line for each thing that should go and could not.
    public internal(set) var failures: [String]

    init(_ collection: StoreCollection) {
        items = collection.items.map(Item.init)
        problems = collection.problems
        failures = collection.failures
    }

    /// What goes from the disk: the content of files, in bytes.
    public var byteCount: Int64 { items.reduce(0) { $0 + $1.byteCount } }
    /// How many files and directories go from the disk.
    public var inodeCount: Int64 { items.reduce(0) { $0 + $1.inodeCount } }
}
