public import LayerModel

/// How far a load has come.
public enum LoadEvent: Sendable {
    /// What there is to do, once the file's metadata is known.
    case planned([PlannedLayer])
    /// So many more bytes of layers have been read, as they lie in the file.
    case advanced(byteCount: Int64)
    /// A layer is unpacked and verified; its place in the plan.
    case unpacked(Int)
    /// All layers are unpacked; the disk is being waited for.
    case synchronizing
}

/// A layer that a load needs.
public struct PlannedLayer: Sendable {
    /// The layer's identity.
    public let diffID: DiffID
    /// Its length in the file, in bytes.
    public let byteCount: Int64
    /// Whether the store has it already: then it is not read.
    public let isPresent: Bool

    /// Describes a layer.
    public init(diffID: DiffID, byteCount: Int64, isPresent: Bool) {
        self.diffID = diffID
        self.byteCount = byteCount
        self.isPresent = isPresent
    }
}
