internal import Crypto
package import LayerModel

/// Computes a content digest of bytes that come in pieces.
package final class DigestStream {
    private var sha256: SHA256?
    private var sha512: SHA512?

    /// Starts a digest of no bytes.
    package init(_ algorithm: LayerModel.Digest.Algorithm = .sha256) {
        switch algorithm {
        case .sha256: sha256 = SHA256()
        case .sha512: sha512 = SHA512()
        }
    }

    /// Takes the next bytes.
    package func update(_ bytes: UnsafeRawBufferPointer) {
        unsafe sha256?.update(bufferPointer: bytes)
        unsafe sha512?.update(bufferPointer: bytes)
    }

    /// Gives the digest of all bytes so far; more may follow.
    package func finish() -> LayerModel.Digest {
        if let sha512 { return LayerModel.Digest(algorithm: .sha512, bytes: Array(sha512.finalize())) }
        return LayerModel.Digest(algorithm: .sha256, bytes: Array((sha256 ?? SHA256()).finalize()))
    }
}
