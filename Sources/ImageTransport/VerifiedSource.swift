import LayerArchive
package import LayerModel

/// The stored bytes of a blob, of which the last is given out only when all of them are what was declared.
///
/// A longer stream is cut off with an error, a shorter one and one of another digest end with an error instead of an end. Whoever
/// stops before the end has verified nothing: `finish()` reads what is left and then answers for all of it.
package final class VerifiedSource: ByteSource {
    private let upstream: any ByteSource
    private let subject: TransportError.Subject
    private let expectedDigest: Digest?
    private let expectedByteCount: Int64?
    private let stream: DigestStream
    private var byteCount: Int64 = 0
    private var result: Result<(digest: Digest, byteCount: Int64), any Error>?

    /// Verifies a source.
    ///
    /// - Parameters:
    ///   - upstream: The bytes as they are stored.
    ///   - digest: The digest that was declared, if one was.
    ///   - algorithm: The algorithm that is used when none was declared.
    ///   - byteCount: The size that was declared, if one was.
    ///   - subject: What errors name.
    package init(
        _ upstream: any ByteSource,
        digest: Digest?,
        algorithm: Digest.Algorithm = .sha256,
        byteCount: Int64?,
        subject: TransportError.Subject
    ) {
        self.upstream = upstream
        self.subject = subject
        expectedDigest = digest
        expectedByteCount = byteCount
        stream = DigestStream(digest?.algorithm ?? algorithm)
    }

    /// Gives the next bytes; the end only when everything before it is verified.
    package func nextChunk() throws -> UnsafeRawBufferPointer {
        if let result {
            _ = try result.get()
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        do {
            let chunk = try upstream.nextChunk()
            byteCount += Int64(chunk.count)
            if let expected = expectedByteCount, byteCount > expected || chunk.isEmpty && byteCount != expected {
                throw Self.sizeMismatch(subject, expected: expected, found: chunk.isEmpty ? byteCount : nil)
            }
            stream.update(chunk)
            if chunk.isEmpty { result = .success(try verify()) }
            return chunk
        } catch {
            let failure = TransportError.wrapping(error, subject)
            result = .failure(failure)
            throw failure
        }
    }

    /// Reads what nobody has read yet.
    ///
    /// - Returns: The digest and the count of all bytes, verified against what was declared.
    /// - Throws: `TransportError`, the same at every call after the first failure.
    package func finish() throws -> (digest: Digest, byteCount: Int64) {
        while result == nil { _ = try nextChunk() }
        return try result?.get() ?? verify()
    }

    private func verify() throws -> (digest: Digest, byteCount: Int64) {
        let digest = stream.finish()
        if let expectedDigest, digest != expectedDigest {
            throw Self.digestMismatch(subject, expected: expectedDigest, found: digest)
        }
        return (digest, byteCount)
    }

    /// The error about a blob of another digest than was declared.
    static func digestMismatch(_ subject: TransportError.Subject, expected: Digest, found: Digest) -> TransportError {
        TransportError(.corrupt, subject, "digest mismatch: expected \(expected), got \(found)")
    }

    /// The error about a blob of another size than was declared; of one that is cut off, the size is not known.
    static func sizeMismatch(_ subject: TransportError.Subject, expected: Int64, found: Int64?) -> TransportError {
        let got = found.map { "\($0)" } ?? "more"
        return TransportError(.corrupt, subject, "size mismatch: expected \(expected) bytes, got \(got)")
    }
}
