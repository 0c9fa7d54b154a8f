import ImageSpec

/// An image manifest that an entry of `index.json` leads to.
struct LayoutCandidate {
    /// The manifest's descriptor.
    let descriptor: Descriptor
    /// The place of the entry in `index.json`.
    let position: Int
}
