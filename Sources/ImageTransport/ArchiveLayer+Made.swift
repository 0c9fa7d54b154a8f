import ImageSpec
package import LayerModel
package import LayerSystem

extension ArchiveLayer {
    /// A layer that was made just now and lies in a file of its own, uncompressed.
    ///
    /// - Parameters:
    ///   - file: The file, which holds the tar and nothing else.
    ///   - byteCount: The length of the tar, in bytes.
    ///   - diffID: The digest of the tar.
    ///   - label: What messages call it.
    ///   - limits: What it may hold.
    package init(tar file: File, byteCount: Int64, diffID: DiffID, label: String, limits: InputLimits = .standard) {
        self.init(
            blob: file,
            BlobDigest(diffID.digest),
            byteCount: byteCount,
            diffID: diffID,
            label: label,
            limits: limits
        )
    }

    /// A layer whose stored bytes lie in a file of their own, compressed or not.
    ///
    /// - Parameters:
    ///   - file: The file, which holds those bytes and nothing else.
    ///   - digest: Their digest.
    ///   - byteCount: Their length.
    ///   - diffID: The digest of the tar.
    ///   - label: What messages call it.
    ///   - limits: What it may hold.
    package init(
        blob file: File,
        _ digest: BlobDigest,
        byteCount: Int64,
        diffID: DiffID,
        label: String,
        limits: InputLimits = .standard
    ) {
        let subject = TransportError.Subject(file: label)
        self.init(
            diffID: diffID,
            position: 0,
            mediaType: nil,
            blobDigest: digest,
            declaredByteCount: byteCount,
            urls: [],
            memberName: "",
            subject: subject,
            content: ContentBlob(name: .subject(subject), place: .range(file, offset: 0), byteCount: byteCount),
            digestError: nil,
            limits: limits
        )
    }
}

extension ArchiveLayer {
    /// A layer of which there are no bytes.
    ///
    /// - Parameters:
    ///   - diffID: The digest of the tar.
    ///   - label: What messages call it.
    package init(absent diffID: DiffID, label: String) {
        self.init(
            diffID: diffID,
            position: 0,
            mediaType: nil,
            blobDigest: nil,
            declaredByteCount: nil,
            urls: [],
            memberName: "",
            subject: TransportError.Subject(file: label),
            content: nil,
            digestError: nil,
            limits: .standard
        )
    }
}
