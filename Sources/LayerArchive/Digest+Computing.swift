internal import Crypto
package import LayerModel

extension LayerModel.Digest {
    /// Computes the SHA-256 of bytes in memory.
    package static func sha256(of bytes: some Sequence<UInt8>) -> LayerModel.Digest {
        of(bytes, .sha256)
    }

    /// Computes the digest of bytes in memory.
    ///
    /// - Parameters:
    ///   - bytes: What is to be hashed.
    ///   - algorithm: The algorithm, one that can be verified here.
    /// - Returns: The digest.
    package static func of(_ bytes: some Sequence<UInt8>, _ algorithm: Algorithm) -> LayerModel.Digest {
        let stream = DigestStream(algorithm)
        let wasContiguous: Void? = bytes.withContiguousStorageIfAvailable { buffer in
            unsafe stream.update(UnsafeRawBufferPointer(buffer))
        }
        if wasContiguous == nil { unsafe Array(bytes).withUnsafeBytes { unsafe stream.update($0) } }
        return stream.finish()
    }
}
