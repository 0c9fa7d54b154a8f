/// The digest of a blob as it is stored or sent: of a layer's compressed bytes, a config or a manifest.
///
/// Source: OCI image-spec `descriptor.md`.
public struct BlobDigest: Hashable, Sendable {
    /// The digest itself.
    public let digest: Digest

    /// Names a digest as this identity.
    public init(_ digest: Digest) {
        self.digest = digest
    }
}

extension BlobDigest: CustomStringConvertible {
    /// The canonical form `algorithm:hex`.
    public var description: String { digest.description }
}
