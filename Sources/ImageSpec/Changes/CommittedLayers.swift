public import LayerModel

/// What a commit does to the layers of its image.
public enum CommittedLayers: Hashable, Sendable {
    /// Nothing has changed: the layers stay, and no step of the history makes one.
    case unchanged
    /// One layer comes on top.
    case added(DiffID)
    /// One layer takes the place of all; the former steps stay in the history and make none.
    case squashed(DiffID)
}
