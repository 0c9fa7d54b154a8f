package import LayerArchive
package import LayerModel
import LayerSystem

/// The uncompressed tar of a layer, with the blob and the DiffID verified on the way.
///
///     stored bytes -> size and digest of the blob -> decompressor -> DiffID -> reader
///
/// An uncompressed blob is hashed once: its digest is the DiffID. Nothing that was read is to be trusted before `finish()` has
/// returned.
package final class LayerStream: ByteSource {
    /// How the stored bytes are compressed.
    package let compression: Compression

    private let subject: TransportError.Subject
    private let position: Int
    private let expected: DiffID?
    private let blob: VerifiedSource
    /// What reads on a thread of its own: the blob with its digest, and the decompressor.
    private let ahead: ReadAheadSource?
    /// What gives the tar: a tap for the DiffID, or the verified blob itself when that has the digest already.
    private let tap: DigestTap?

    /// Opens a layer.
    ///
    /// - Parameters:
    ///   - content: The stored bytes.
    ///   - digest: The blob's declared digest, if there is one.
    ///   - byteCount: The blob's declared size, if there is one.
    ///   - diffID: The DiffID that the config gives; nil when it is to be found out.
    ///   - position: The layer's place in the image, from 0, for the message.
    ///   - limits: What it may unpack to.
    ///   - readsAhead: Whether to read, verify and inflate the blob on a thread of its own.
    /// - Throws: `TransportError`.
    init(
        _ content: ContentBlob,
        digest: Digest?,
        byteCount: Int64?,
        diffID: DiffID?,
        position: Int,
        limits: InputLimits,
        readsAhead: Bool = false
    ) throws {
        subject = content.subject
        self.position = position
        expected = diffID
        compression = Compression.sniff(try content.prefix(Compression.prefixByteCount))
        let algorithm = diffID?.digest.algorithm ?? .sha256
        blob = VerifiedSource(
            try content.open(),
            digest: digest,
            algorithm: algorithm,
            byteCount: byteCount,
            subject: content.subject
        )
        let tar: any ByteSource = compression == .none ? blob : Decompressor(blob, limits: ArchiveLimits(limits))
        ahead = readsAhead ? ReadAheadSource(tar) : nil
        // An uncompressed blob has been hashed already, if with the right algorithm.
        let isHashed = compression == .none && (digest?.algorithm ?? algorithm) == algorithm
        tap = isHashed ? nil : DigestTap(ahead ?? tar, algorithm: algorithm)
    }

    /// The source to read the tar from: this object.
    package var source: any ByteSource { self }

    /// Gives the next bytes of the tar.
    package func nextChunk() throws -> UnsafeRawBufferPointer {
        do {
            return try tap?.nextChunk() ?? ahead?.nextChunk() ?? blob.nextChunk()
        } catch { throw TransportError.wrapping(error, subject) }
    }

    /// Reads what nobody has read yet, and answers for the blob and the DiffID.
    ///
    /// - Returns: What is known of the blob now.
    /// - Throws: `TransportError`: `corrupt` or `truncated` when something is not as declared.
    package func finish() throws -> LayerBlobFacts {
        let content = try TransportError.naming(subject) { try tap?.finish() }
        if tap == nil, ahead != nil { while try !nextChunk().isEmpty {} }
        ahead?.close()
        let stored = try blob.finish()
        let tar = content ?? stored
        let diffID = DiffID(tar.digest)
        if let expected, expected != diffID {
            let reason = "invalid diffID for layer \(position): expected \"\(expected)\", got \"\(diffID)\""
            throw TransportError(.corrupt, subject, reason)
        }
        return LayerBlobFacts(
            blobDigest: BlobDigest(stored.digest),
            blobByteCount: stored.byteCount,
            diffID: diffID,
            tarByteCount: tar.byteCount,
            compression: compression
        )
    }
}
