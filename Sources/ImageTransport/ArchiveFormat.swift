/// The forms in which images lie in files.
package enum ArchiveFormat: String, Hashable, Sendable, CaseIterable {
    /// `manifest.json` with one config and one tar a layer: docker save up to v24, containers/image.
    case dockerArchive = "docker-archive"
    /// `repositories` and one `json` a layer, without `manifest.json`: docker save up to v1.9.
    case dockerLegacy = "docker-legacy"
    /// An OCI archive that has a `manifest.json` as well: docker save since v25.
    case dockerHybrid = "docker-hybrid"
    /// An OCI image layout as a directory.
    case ociLayout = "oci-layout"
    /// An OCI image layout in a tar.
    case ociArchive = "oci-archive"
    /// One manifest with its blobs side by side: containers/image's `dir:`, podman save `docker-dir`.
    case blobDirectory = "dir"
}

extension ArchiveFormat: CustomStringConvertible {
    /// The name in words of `inspect` and of errors.
    package var description: String { rawValue }
}
