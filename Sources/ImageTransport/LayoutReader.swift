import ImageSpec
import LayerModel

/// Finds the images of an OCI layout, and reads their documents.
///
/// What is read once is kept: choosing a platform and building the image look at the same documents.
final class LayoutReader {
    let documents: DocumentReader
    private var loaded: [String: LoadedManifest?] = [:]
    private var lookedAtCount = 0

    init(_ documents: DocumentReader) {
        self.documents = documents
    }

    var limits: InputLimits { documents.contents.limits }

    /// Reads the manifest of a descriptor, and the config if it is an image's.
    ///
    /// - Parameter descriptor: A descriptor of an image manifest.
    /// - Returns: The documents, or nil when the manifest is not in the archive.
    /// - Throws: `TransportError`.
    func manifest(_ descriptor: Descriptor) throws -> LoadedManifest? {
        if let known = loaded[descriptor.digestText] { return known }
        let manifest = try readManifest(descriptor)
        loaded[descriptor.digestText] = .some(manifest)
        return manifest
    }

    private func readManifest(_ descriptor: Descriptor) throws -> LoadedManifest? {
        guard let bytes = try documents.blob(descriptor) else { return nil }
        let subject = documents.subject(descriptor)
        return try TransportError.naming(subject) {
            guard
                case .manifest(let manifest) = try ManifestDocument(
                    parsing: bytes,
                    mediaType: descriptor.mediaType,
                    limits: limits
                )
            else { throw TransportError(.invalid, subject, "not an image manifest") }
            let config = manifest.isArtifact ? nil : try readConfig(manifest.config)
            return LoadedManifest(descriptor: descriptor, manifest: manifest, config: config)
        }
    }

    private func readConfig(_ descriptor: Descriptor) throws -> ImageConfig? {
        guard let bytes = try documents.blob(descriptor) else { return nil }
        return try TransportError.naming(documents.subject(descriptor)) {
            try ImageConfig(parsing: bytes, limits: limits)
        }
    }

    /// Finds the image manifests below a descriptor: itself, or those of the indexes below it, in their order.
    ///
    /// What is no image is passed over: attestations, artifacts and types that are not known (contracts L-123, L-124). So is an index
    /// that is not in the archive: its images are not either.
    ///
    /// - Parameters:
    ///   - descriptor: An entry of an index.
    ///   - depth: How many indexes lie above it.
    /// - Returns: The descriptors of image manifests, whether their blobs are there or not.
    /// - Throws: `TransportError`, also for indexes that lie too deep and for too many entries.
    func imageManifests(below descriptor: Descriptor, depth: Int = 1) throws -> [Descriptor] {
        let subject = documents.subject(descriptor)
        lookedAtCount += 1
        guard lookedAtCount <= limits.count(.manifests) else { throw limits.tooMany("manifests", .manifests, subject) }
        guard descriptor.isImageCandidate else { return [] }
        guard descriptor.mediaType.isIndex else { return [descriptor] }
        guard depth <= limits[.indexDepth] else {
            let reason = "index nested too deeply: more than \(limits[.indexDepth]) levels"
            throw TransportError(.invalid, subject, InputLimit.indexDepth.refusal(reason))
        }
        guard let bytes = try documents.blob(descriptor) else { return [] }
        let document = try TransportError.naming(subject) {
            try ManifestDocument(parsing: bytes, mediaType: descriptor.mediaType, limits: limits)
        }
        guard case .index(let index) = document else { return [] }
        return try index.manifests.flatMap { try imageManifests(below: $0, depth: depth + 1) }
    }
}
