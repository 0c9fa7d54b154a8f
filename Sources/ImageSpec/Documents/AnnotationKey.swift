/// The names of the annotations that are read or written here.
///
/// Source: OCI image-spec `annotations.md`; containerd `core/images/annotations.go`.
public enum AnnotationKey {
    /// The name of an image in a layout, in `index.json` only; Docker puts only the tag there.
    public static let refName = "org.opencontainers.image.ref.name"
    /// The whole name of an image in a layout that Docker or containerd wrote.
    public static let containerdImageName = "io.containerd.image.name"
    /// When the image was made, in the form of RFC 3339.
    public static let created = "org.opencontainers.image.created"
    /// The name of the image that this one was built on.
    public static let baseName = "org.opencontainers.image.base.name"
    /// The manifest's digest of the image that this one was built on.
    public static let baseDigest = "org.opencontainers.image.base.digest"
}
