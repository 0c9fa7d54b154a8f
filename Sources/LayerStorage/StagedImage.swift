/// The documents of an image that waits to be published.
package struct StagedImage: Sendable {
    /// What the store writes beside them.
    package let record: ImageRecord
    /// The config as it was received.
    package let configBytes: [UInt8]
    /// The manifest as it was received, where there is one.
    package let manifestBytes: [UInt8]?

    /// Describes an image.
    package init(record: ImageRecord, configBytes: [UInt8], manifestBytes: [UInt8]?) {
        self.record = record
        self.configBytes = configBytes
        self.manifestBytes = manifestBytes
    }
}
