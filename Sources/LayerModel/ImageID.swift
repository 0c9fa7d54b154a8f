/// The identity of an image: the digest of its config's bytes as they were received.
///
/// Source: OCI image-spec `config.md`, section "ImageID".
public struct ImageID: Hashable, Sendable {
    /// The digest itself.
    public let digest: Digest

    /// Names a digest as this identity.
    public init(_ digest: Digest) {
        self.digest = digest
    }
}

extension ImageID: CustomStringConvertible {
    /// The canonical form `algorithm:hex`.
    public var description: String { digest.description }
}
