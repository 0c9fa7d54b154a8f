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
        let subject = TransportError.Subject(file: label)
        self.init(
            diffID: diffID,
            position: 0,
            mediaType: nil,
            blobDigest: BlobDigest(diffID.digest),
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
