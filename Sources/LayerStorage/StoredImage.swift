package import ImageSpec

/// An image as it lies in the store.
package struct StoredImage: Sendable {
    /// The store's own record.
    package let record: ImageRecord
    /// The config, byte for byte as it was received.
    package let config: ImageConfig
    /// The names that lead to it, sorted.
    package var names: [NameRecord]
}
