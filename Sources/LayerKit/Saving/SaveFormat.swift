/// The forms in which images can be written.
public enum SaveFormat: String, Sendable, CaseIterable {
    /// What `docker save` writes since v25: an OCI layout and Docker's own `manifest.json` in one tar.
    case dockerArchive = "docker-archive"
    /// An OCI image layout in a tar.
    case ociArchive = "oci-archive"
    /// An OCI image layout as a directory.
    case ociDirectory = "oci-dir"
}
