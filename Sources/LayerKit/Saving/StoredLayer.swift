import LayerModel
import LayerStorage

/// A layer of the store that is to be written.
struct StoredLayer: Sendable {
    /// The layer's identity.
    let diffID: DiffID
    /// Where it lies.
    let key: LayerKey
    /// The length of its tar, in bytes.
    let tarByteCount: Int64
}
