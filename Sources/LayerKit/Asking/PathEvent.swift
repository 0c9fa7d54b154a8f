public import LayerModel

/// What one layer did to a path.
public struct PathEvent: Sendable {
    /// What happened.
    ///
    /// The raw values are what tables and JSON print.
    public enum Kind: String, Sendable {
        /// Nothing stood there before, in no layer.
        case created
        /// It was deleted before, and is there again.
        case recreated = "re-created"
        /// Content, link target, device or kind are others; attributes may be.
        case modified
        /// Mode, owner, time or extended attributes alone are others.
        case attributes
        /// The layer has it once more, and nothing is other than below.
        case repeated
        /// It is gone, or hidden.
        case deleted
    }

    /// What happened.
    public let kind: Kind
    /// The layer's place, 1 for the lowest.
    public let layerNumber: Int
    /// The layer.
    public let diffID: DiffID
    /// The command that made the layer, as the image's history has it; empty where it has none.
    public let createdBy: String
    /// The length of the regular file that stands there then, in bytes; nil where none does.
    public let byteCount: Int64?
}
