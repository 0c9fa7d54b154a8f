package import ImageSpec
package import LayerArchive
package import LayerModel

/// One layer of an image in a file: what is declared of it, and its bytes.
package struct ArchiveLayer: Sendable {
    /// The layer's identity as the config gives it.
    package let diffID: DiffID
    /// The layer's place in the image, the lowest 0.
    package let position: Int
    /// What the manifest says the blob is; nil where the format says nothing.
    package let mediaType: MediaType?
    /// The digest that is declared for the stored bytes; nil where the format declares none.
    package let blobDigest: BlobDigest?
    /// The size that is declared for the stored bytes; nil where the format declares none.
    package let declaredByteCount: Int64?
    /// Where else the blob may be had, for the message: nothing here ever uses it.
    package let urls: [String]
    /// What messages call the layer: its member or blob, escaped.
    package let memberName: String

    /// What errors about the layer name.
    package let subject: TransportError.Subject
    let content: ContentBlob?
    /// Why the declared digest cannot be verified, if it cannot.
    let digestError: DigestError?
    /// What it may hold: those of who opened the file.
    package let limits: InputLimits

    /// Whether the stored bytes are in the file.
    package var isPresent: Bool { content != nil }

    /// Whether the bytes are said to be somewhere else, or not to be passed on.
    package var isForeign: Bool { !urls.isEmpty || mediaType?.isNondistributable == true }

    /// Whether a described layer was left out, as who has it does not need it.
    package var isOmitted: Bool { content == nil && !isForeign && digestError == nil && mediaType?.isLayer != false }

    /// How many bytes are stored; what is declared where the blob is not in the file.
    package var byteCount: Int64 { content?.byteCount ?? declaredByteCount ?? 0 }

    /// Checks what can be known without reading: that the blob is there, has the declared size and is a layer.
    ///
    /// - Throws: `TransportError`.
    package func checkUsable() throws {
        _ = try usableContent()
    }

    /// How the stored bytes are compressed, told by their first bytes.
    package func compression() throws -> Compression {
        Compression.sniff(try usableContent().prefix(Compression.prefixByteCount))
    }

    /// Opens the stored bytes; their size and digest are verified at their end.
    package func open() throws -> VerifiedSource {
        VerifiedSource(
            try usableContent().open(),
            digest: blobDigest?.digest,
            byteCount: declaredByteCount,
            subject: subject
        )
    }

    /// Opens the uncompressed tar; blob and DiffID are verified by its `finish()`.
    ///
    /// - Parameter readsAhead: Whether to read, verify and inflate the blob on a thread of its own.
    /// - Returns: The tar.
    /// - Throws: `TransportError`.
    package func openUncompressed(readsAhead: Bool = false) throws -> LayerStream {
        try LayerStream(
            usableContent(),
            digest: blobDigest?.digest,
            byteCount: declaredByteCount,
            diffID: diffID,
            position: position,
            limits: limits,
            readsAhead: readsAhead
        )
    }

    /// Opens the uncompressed tar for a look at its headers, nothing verified: what is not compressed can be skipped over.
    package func openForScanning() throws -> any ByteSource {
        let content = try usableContent()
        if try compression() == .none { return try content.openForHeaders() }
        return try Decompressor(content.open(), limits: ArchiveLimits(limits))
    }

    private func usableContent() throws -> ContentBlob {
        if let mediaType, !mediaType.isLayer {
            let isEncrypted = mediaType.rawValue.hasSuffix("+encrypted")
            let what = isEncrypted ? "unsupported encrypted layer" : "unsupported layer media type"
            throw TransportError(.unsupported, subject, "\(what): \"\(mediaType)\"")
        }
        if let digestError { throw TransportError.wrapping(digestError, subject) }
        guard let content else { throw absence }
        if let declaredByteCount, declaredByteCount != content.byteCount {
            throw VerifiedSource.sizeMismatch(subject, expected: declaredByteCount, found: content.byteCount)
        }
        return content.named(subject)
    }

    private var absence: TransportError {
        guard isForeign else {
            return TransportError(.corrupt, subject, "the blob is not in the archive")
        }
        let places = urls.isEmpty ? "" : ", and is never fetched from \(urls.joined(separator: ", "))"
        return TransportError(.unsupported, subject, "the blob of a foreign layer is not in the archive\(places)")
    }
}
