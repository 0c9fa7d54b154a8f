/// What the disk could not hold and only the index of a layer knows.
package struct LayerNotes: Hashable, Sendable {
    /// How many files have another owner on disk than in the layer.
    package var ownerCount = 0
    /// How many device nodes are not on disk.
    package var deviceCount = 0
    /// How many extended attributes the file system or the user's rights refused.
    package var attributeCount = 0

    /// Starts with nothing.
    package init() {}

    /// Whether the disk holds all.
    package var isEmpty: Bool { self == LayerNotes() }

    /// Adds what another layer noted.
    package mutating func add(_ other: LayerNotes) {
        ownerCount += other.ownerCount
        deviceCount += other.deviceCount
        attributeCount += other.attributeCount
    }
}
