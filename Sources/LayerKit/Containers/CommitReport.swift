public import LayerModel

/// What a commit did, or would do.
public struct CommitReport: Sendable {
    /// The new image.
    public internal(set) var imageID: ImageID
    /// The new layer; nil when nothing had changed.
    public internal(set) var diffID: DiffID?
    /// The length of the new layer's tar, in bytes; 0 for none.
    public internal(set) var tarByteCount: Int64 = 0
    /// The size of the new layer as `history` counts it, in bytes; 0 for none.
    public internal(set) var layerByteCount: Int64 = 0
    /// What the layer has of the container.
    public internal(set) var changes: [ContainerChange] = []
    /// What was left out, and why, one line each.
    public internal(set) var warnings: [String] = []
}
