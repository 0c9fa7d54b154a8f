public import LayerModel

/// The image that another one was built on and has the lowest layers of, as its manifest tells.
///
/// Source: OCI image-spec `annotations.md` (contract L-134).
public struct ImageBase: Hashable, Sendable {
    /// Its whole name; nil where it has none.
    public let name: String?
    /// The digest of its manifest; nil where it came without one.
    public let manifestDigest: BlobDigest?

    /// Describes an image by what is known of it; nil where that is nothing.
    ///
    /// - Parameters:
    ///   - name: Its whole name.
    ///   - manifestDigest: The digest of its manifest.
    public init?(name: String?, manifestDigest: BlobDigest?) {
        guard name != nil || manifestDigest != nil else { return nil }
        self.name = name
        self.manifestDigest = manifestDigest
    }

    /// What a manifest says of it.
    package var annotations: [String: String] {
        var annotations: [String: String] = [:]
        annotations[AnnotationKey.baseName] = name
        annotations[AnnotationKey.baseDigest] = manifestDigest?.description
        return annotations
    }
}
