import ImageSpec
import LayerArchive
import LayerModel

extension LayoutReader {
    /// Makes an image of a manifest and its config.
    ///
    /// - Parameters:
    ///   - loaded: The documents, verified.
    ///   - entry: The image's names and place.
    ///   - format: The form of the file.
    /// - Returns: The image; whether the blobs of its layers are there is not looked at as an error yet.
    /// - Throws: `TransportError`.
    func image(_ loaded: LoadedManifest, of entry: CatalogEntry, format: ArchiveFormat) throws -> ArchiveImage {
        let subject = documents.subject(loaded.descriptor)
        let manifest = loaded.manifest
        guard let config = loaded.config else { throw Self.notAnImage(subject, manifest.config.mediaType) }
        try Self.checkLayerCount(manifest.layers.count, config, subject)
        var layers: [ArchiveLayer] = []
        for (position, descriptor) in manifest.layers.enumerated() {
            layers.append(try layer(descriptor, diffID: config.diffIDs[position], position: position))
        }
        return ArchiveImage(
            references: entry.names.references,
            rawNames: entry.names.raw,
            position: entry.positions.first ?? 0,
            imageID: ImageID(Digest.sha256(of: config.bytes)),
            config: config,
            manifestBytes: manifest.bytes,
            manifestDigest: try loaded.descriptor.digest(),
            manifestMediaType: loaded.descriptor.mediaType,
            configDescriptorDigest: try manifest.config.digest(),
            layers: layers,
            platform: loaded.platform,
            annotations: manifest.annotations,
            sourceFormat: format
        )
    }

    private func layer(_ descriptor: Descriptor, diffID: DiffID, position: Int) throws -> ArchiveLayer {
        var digest: BlobDigest?
        var digestError: DigestError?
        do throws(DigestError) { digest = try descriptor.digest() } catch { digestError = error }
        let subject = documents.subject(descriptor)
        return ArchiveLayer(
            diffID: diffID,
            position: position,
            mediaType: descriptor.mediaType,
            blobDigest: digest,
            declaredByteCount: descriptor.byteCount,
            urls: descriptor.urls,
            memberName: subject.member ?? "",
            subject: subject,
            content: try digest.flatMap { try documents.findBlob($0.digest) },
            digestError: digestError,
            limits: limits
        )
    }

    /// Refuses an image whose manifest and config count different layers.
    ///
    /// Source: moby `image/tarexport/load.go`.
    static func checkLayerCount(_ count: Int, _ config: ImageConfig, _ subject: TransportError.Subject) throws {
        guard count != config.diffIDs.count else { return }
        let reason = "invalid manifest, layers length mismatch: expected \(config.diffIDs.count), got \(count)"
        throw TransportError(.invalid, subject, reason)
    }
}
