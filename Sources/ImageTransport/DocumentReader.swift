import ImageSpec
import LayerArchive
import LayerModel

/// Reads the small documents of an image, each verified against the descriptor that led to it.
struct DocumentReader {
    let contents: any ArchiveContents
    /// Where blobs lie.
    var naming = BlobNaming.layout
    /// A blob that lies elsewhere and was read already, by its digest.
    var known: [String: [UInt8]] = [:]

    /// Looks up the blob of a digest.
    func findBlob(_ digest: Digest) throws -> ContentBlob? {
        for name in naming.names(digest) {
            if let blob = try contents.find(name) { return blob }
        }
        return nil
    }

    /// Reads a document that is named, not described.
    ///
    /// - Parameter name: The member's name.
    /// - Returns: The bytes, or nil when there is no such member.
    /// - Throws: `TransportError`.
    func document(_ name: String) throws -> [UInt8]? {
        try contents.find(name)?.readAll(contents.limits)
    }

    /// Reads a document and verifies size and digest.
    ///
    /// - Parameter descriptor: What is declared of it.
    /// - Returns: The bytes, or nil when the blob is not in the archive.
    /// - Throws: `TransportError` when it is not what is declared, or too large for a document.
    func blob(_ descriptor: Descriptor) throws -> [UInt8]? {
        let subject = subject(descriptor)
        guard descriptor.byteCount <= contents.limits[.jsonBytes] else {
            throw contents.limits.tooLarge(subject, descriptor.byteCount)
        }
        let digest = try TransportError.naming(subject) { try descriptor.digest().digest }
        let bytes: [UInt8]
        if let known = known[descriptor.digestText] ?? descriptor.data {
            bytes = known
        } else {
            guard let content = try findBlob(digest) else { return nil }
            guard content.byteCount == descriptor.byteCount else {
                throw VerifiedSource.sizeMismatch(subject, expected: descriptor.byteCount, found: content.byteCount)
            }
            bytes = try content.readAll(contents.limits)
        }
        let found = Digest.of(bytes, digest.algorithm)
        guard found == digest else { throw VerifiedSource.digestMismatch(subject, expected: digest, found: found) }
        return bytes
    }

    /// What an error about the blob of a descriptor names: its digest.
    func subject(_ descriptor: Descriptor) -> TransportError.Subject {
        contents.subject(descriptor.digestText.utf8)
    }
}
