import ImageSpec
import LayerArchive
import LayerModel

/// Reads the images that a `manifest.json` lists.
struct DockerReader {
    let contents: any ArchiveContents

    /// Reads the list.
    ///
    /// - Returns: The images, or nil when there is no `manifest.json`.
    /// - Throws: `TransportError`.
    func manifests() throws -> [DockerManifest]? {
        guard let bytes = try DocumentReader(contents: contents).document("manifest.json") else { return nil }
        return try TransportError.naming(subject) { try DockerManifest.parse(bytes, limits: contents.limits) }
    }

    /// Makes entries of the list.
    ///
    /// - Parameter manifests: The images.
    /// - Returns: One entry an image, in their order.
    /// - Throws: `TransportError` for names that are none.
    func entries(_ manifests: [DockerManifest]) throws -> [CatalogEntry] {
        try manifests.enumerated().map { position, manifest in
            CatalogEntry(
                positions: [position],
                names: try ImageNames.docker(manifest.repoTags, subject, contents.limits),
                origin: .docker(manifest)
            )
        }
    }

    /// The identity of an image, or nil when its config is not in the archive.
    func imageID(_ manifest: DockerManifest) throws -> ImageID? {
        try contents.find(manifest.config).map { ImageID(Digest.sha256(of: try $0.readAll(contents.limits))) }
    }

    /// Makes an image of an entry; every member that it names must be there.
    ///
    /// - Parameters:
    ///   - manifest: The entry.
    ///   - entry: The image's names and place.
    ///   - format: The form of the file.
    /// - Returns: The image.
    /// - Throws: `TransportError`.
    func image(_ manifest: DockerManifest, of entry: CatalogEntry, format: ArchiveFormat) throws -> ArchiveImage {
        let configSubject = contents.subject(manifest.config.utf8)
        guard let content = try contents.find(manifest.config) else {
            throw TransportError(.corrupt, configSubject, "config not found in the archive")
        }
        let bytes = try content.readAll(contents.limits)
        let config = try TransportError.naming(configSubject) {
            try ImageConfig(parsing: bytes, limits: contents.limits)
        }
        try LayoutReader.checkLayerCount(manifest.layers.count, config, subject)
        var layers: [ArchiveLayer] = []
        for (position, name) in manifest.layers.enumerated() {
            let diffID = config.diffIDs[position]
            layers.append(try layer(name, manifest.layerSources[diffID], diffID: diffID, position: position))
        }
        return ArchiveImage(
            references: entry.names.references,
            rawNames: entry.names.raw,
            position: entry.positions.first ?? 0,
            imageID: ImageID(Digest.sha256(of: bytes)),
            config: config,
            manifestBytes: nil,
            manifestDigest: nil,
            manifestMediaType: nil,
            configDescriptorDigest: nil,
            layers: layers,
            platform: config.statedPlatform,
            annotations: [:],
            sourceFormat: format
        )
    }

    private var subject: TransportError.Subject { contents.subject("manifest.json".utf8) }

    /// Makes a layer of a member.
    ///
    /// `LayerSources` says what a layer was in the daemon. That is what lies in the archive only where the member is the blob of that
    /// digest; elsewhere it tells no more than where a foreign layer could be had. A member's name alone is no digest.
    private func layer(
        _ name: String,
        _ source: Descriptor?,
        diffID: DiffID,
        position: Int
    ) throws -> ArchiveLayer {
        let subject = contents.subject(name.utf8)
        let content = try contents.find(name)
        let digest = try source.map { source in try TransportError.naming(subject) { try source.digest() } }
        let isBlob = digest.map { name == "blobs/\($0.digest.algorithm.rawValue)/\($0.digest.hex)" } ?? false
        // A blob that is described may be left out: the store may have the layer.
        if content == nil, !isBlob, source?.urls.isEmpty ?? true {
            throw TransportError(.corrupt, subject, "layer not found in the archive")
        }
        return ArchiveLayer(
            diffID: diffID,
            position: position,
            mediaType: isBlob ? source?.mediaType : nil,
            blobDigest: isBlob ? digest : nil,
            declaredByteCount: isBlob ? source?.byteCount : nil,
            urls: source?.urls ?? [],
            memberName: subject.member ?? "",
            subject: subject,
            content: content,
            digestError: nil,
            limits: contents.limits
        )
    }
}
