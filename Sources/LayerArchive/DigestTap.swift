package import LayerModel

/// Passes a source through, and hashes and counts every byte of it.
package final class DigestTap: ByteSource {
    private let upstream: any ByteSource
    private let stream: DigestStream

    /// How many bytes have passed.
    package private(set) var byteCount: Int64 = 0

    /// Puts a tap on a source.
    package init(_ upstream: any ByteSource, algorithm: Digest.Algorithm = .sha256) {
        self.upstream = upstream
        stream = DigestStream(algorithm)
    }

    /// Gives the next bytes of the source.
    package func nextChunk() throws -> UnsafeRawBufferPointer {
        let chunk = unsafe try upstream.nextChunk()
        unsafe stream.update(chunk)
        byteCount += Int64(chunk.count)
        return unsafe chunk
    }

    /// Reads what nobody has read yet, and gives the digest and the count of all bytes of the source.
    ///
    /// - Returns: The digest, and the count in bytes.
    /// - Throws: What the source met.
    package func finish() throws -> (digest: Digest, byteCount: Int64) {
        while unsafe try !nextChunk().isEmpty {}
        return (stream.finish(), byteCount)
    }
}
