/// The identity of a stack of layers: of a layer together with all that lie below it.
///
/// Source: OCI image-spec `config.md`, section "Layer ChainID".
public struct ChainID: Hashable, Sendable {
    /// The digest itself.
    public let digest: Digest

    /// Names a digest as this identity.
    public init(_ digest: Digest) {
        self.digest = digest
    }
}

extension ChainID: CustomStringConvertible {
    /// The canonical form `algorithm:hex`.
    public var description: String { digest.description }
}
