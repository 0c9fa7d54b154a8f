import ImageTransport

/// The forms in which images can be written.
public enum SaveFormat: String, Sendable, CaseIterable {
    /// What `docker save` writes since v25: an OCI layout and Docker's own `manifest.json` in one tar.
    case dockerArchive = "docker-archive"
    /// What `docker save` wrote before v25: a directory a layer, and no OCI documents.
    case dockerLegacy = "docker-legacy"
    /// An OCI image layout in a tar.
    case ociArchive = "oci-archive"
    /// An OCI image layout as a directory.
    case ociDirectory = "oci-dir"

    /// How the files of an image are laid out in it.
    var layoutForm: LayoutPlan.Form {
        switch self {
        case .dockerArchive: .docker
        case .dockerLegacy: .dockerLegacy
        case .ociArchive, .ociDirectory: .oci
        }
    }
}
