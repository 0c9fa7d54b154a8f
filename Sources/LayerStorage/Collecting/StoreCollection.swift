/// What a collection took out of a store, or would take.
package struct StoreCollection: Sendable {
    /// A thing that nobody needs.
    package struct Item: Hashable, Sendable {
        /// What it is.
        package let kind: Kind
        /// Where it lies, from the store's root on: bytes.
        package let path: [UInt8]
        /// What goes from the disk with it: the content of files, in bytes.
        package internal(set) var byteCount: Int64
        /// How many files and directories go from the disk with it.
        package internal(set) var inodeCount: Int64

        /// Describes a thing.
        package init(_ kind: Kind, _ path: [UInt8], byteCount: Int64 = 0, inodeCount: Int64 = 0) {
            self.kind = kind
            self.path = path
            self.byteCount = byteCount
            self.inodeCount = inodeCount
        }
    }

    /// What a thing is.
    package enum Kind: String, Sendable, CaseIterable {
        /// A layer that neither an image nor a container has.
        case layer
        /// The directory of an image that has neither a record nor a name.
        case image
        /// Stored bytes of a layer that no image names.
        case blob
        /// The directory of a container that nobody finished.
        case container
        /// The directory of a volume that nobody finished.
        case volume
        /// Work that a dead process left.
        case unfinished
        /// What was removed, and of which something is there still.
        case trash
        /// An empty directory that a name, an object or a mount left.
        case directory
        /// A mount of a container or of an image that is gone.
        case mount
        /// What a runtime and its process left that nobody ended.
        case run
    }

    /// The things, in the order in which they go.
    package internal(set) var items: [Item] = []
    /// A line for each damaged record, and for what only its owner can decide on: all that it may need stays.
    package internal(set) var problems: [String] = []
    /// A line for each thing that should go and could not.
    package internal(set) var failures: [String] = []

    /// Nothing yet.
    package init() {}
}
