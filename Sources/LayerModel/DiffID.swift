/// The identity of a layer: the digest of its uncompressed tar.
///
/// Source: OCI image-spec `config.md`, section "Layer DiffID".
public struct DiffID: Hashable, Sendable {
    /// The digest itself.
    public let digest: Digest

    /// Names a digest as this identity.
    public init(_ digest: Digest) {
        self.digest = digest
    }
}

extension DiffID: CustomStringConvertible {
    /// The canonical form `algorithm:hex`.
    public var description: String { digest.description }
}
