/// How many elements a list in a document of an image may have.
///
/// Each is far above what is in use and far below what makes a reader slow.
package enum SpecLimits {
    /// Manifests in one index.
    package static let manifestCount = 1_024
    /// Layers in one manifest, and DiffIDs in one config.
    package static let layerCount = 4_096
    /// Images in one `manifest.json`.
    package static let imageCount = 1_024
    /// Names of one image, and names in one `repositories`.
    package static let nameCount = 4_096
}
