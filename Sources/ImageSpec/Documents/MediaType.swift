/// What the bytes of a blob are said to be.
///
/// Source: OCI image-spec `media-types.md`; Docker's image manifest version 2, schema 2.
public struct MediaType: RawRepresentable, Hashable, Sendable {
    /// The type as a descriptor writes it.
    public let rawValue: String

    /// Wraps a type, known or not.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// An OCI image index.
    public static let ociIndex = Self(rawValue: "application/vnd.oci.image.index.v1+json")
    /// An OCI image manifest.
    public static let ociManifest = Self(rawValue: "application/vnd.oci.image.manifest.v1+json")
    /// An OCI image config.
    public static let ociConfig = Self(rawValue: "application/vnd.oci.image.config.v1+json")
    /// The empty descriptor of artifacts: `{}`.
    public static let ociEmpty = Self(rawValue: "application/vnd.oci.empty.v1+json")
    /// An OCI layer, uncompressed.
    public static let ociLayer = Self(rawValue: "application/vnd.oci.image.layer.v1.tar")
    /// An OCI layer, gzip.
    public static let ociLayerGzip = Self(rawValue: "application/vnd.oci.image.layer.v1.tar+gzip")
    /// An OCI layer, zstd.
    public static let ociLayerZstd = Self(rawValue: "application/vnd.oci.image.layer.v1.tar+zstd")
    /// A Docker manifest list.
    public static let dockerManifestList = Self(rawValue: "application/vnd.docker.distribution.manifest.list.v2+json")
    /// A Docker manifest.
    public static let dockerManifest = Self(rawValue: "application/vnd.docker.distribution.manifest.v2+json")
    /// A Docker image config.
    public static let dockerConfig = Self(rawValue: "application/vnd.docker.container.image.v1+json")
    /// A Docker layer, uncompressed.
    public static let dockerLayer = Self(rawValue: "application/vnd.docker.image.rootfs.diff.tar")
    /// A Docker layer, gzip.
    public static let dockerLayerGzip = Self(rawValue: "application/vnd.docker.image.rootfs.diff.tar.gzip")
    /// A Docker layer, zstd.
    public static let dockerLayerZstd = Self(rawValue: "application/vnd.docker.image.rootfs.diff.tar.zstd")
}

extension MediaType: CustomStringConvertible {
    /// The type as a descriptor writes it.
    public var description: String { rawValue }
}
