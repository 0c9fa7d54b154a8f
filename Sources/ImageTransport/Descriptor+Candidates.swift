import ImageSpec

extension Descriptor {
    /// Whether the descriptor may lead to a container image: by its type, and because nothing says that it is something else.
    ///
    /// Some tools give the config's type of an ordinary image as `artifactType`, so that only another type counts.
    var isImageCandidate: Bool {
        guard mediaType.isManifest || mediaType.isIndex else { return false }
        if platform?.isUnknown == true { return false }
        if annotations["vnd.docker.reference.type"] == "attestation-manifest" { return false }
        guard mediaType.isManifest, let artifactType, !artifactType.isEmpty else { return true }
        return MediaType(rawValue: artifactType).isConfig
    }
}
