/// The image with something of everything (`FixtureFacts` says what), in every format: same image ID, same DiffIDs.
extension ImageFixture {
    /// As `docker save` wrote until v24: a directory a layer, the repeated layer a symbolic link.
    public static let dockerV24 = Self("app.docker-v24.tar")
    /// As `docker save` writes from v25 on, an OCI layout and a `manifest.json` in one; compressed with zstd.
    public static let dockerV25 = Self("app.docker-v25.tar.zst")
    /// As `docker save` writes with the containerd image store: the same with gzip layers.
    public static let dockerContainerd = Self("app.docker-containerd.tar")
    /// As skopeo and `podman save --format docker-archive` write; compressed with xz.
    public static let containersImage = Self("app.containers-image.tar.xz")
    /// Every name begins with `./`; no `repositories`; compressed with gzip.
    public static let dotSlash = Self("app.dot-slash.tar.gz")
    /// Config, layers and `manifest.json` alone, as Bazel and Kaniko write; compressed with gzip.
    public static let bare = Self("app.bare.tar.gz")
    /// An OCI layout directory with gzip layers, the first of three members.
    public static let ociLayout = Self("app.oci")
    /// An OCI layout directory whose blobs are symbolic links to files elsewhere in it, as Docker's official layouts.
    public static let ociSymlinks = Self("app.oci-symlinks")
    /// The same as an archive.
    public static let ociSymlinksArchive = Self("app.oci-symlinks.tar")
    /// An OCI archive with gzip layers.
    public static let ociGzip = Self("app.oci-gzip.tar")
    /// An OCI archive with zstd layers, the first two frames around a skippable one, `index.json` after the blobs.
    public static let ociZstd = Self("app.oci-zstd.tar")
    /// An OCI archive whose media types all say gzip: the layers are zstd, gzip and plain.
    public static let ociMislabelled = Self("app.oci-mislabelled.tar")
    /// A directory as `podman save --format docker-dir` writes: the media types say gzip, most layers are plain.
    public static let podmanDockerDirectory = Self("app.podman-docker-dir")
    /// A nested index: amd64 is the image, arm64 another, arm/v7 and s390x have no blobs; attestations and an artifact.
    public static let multiPlatform = Self("multi-platform.oci.tar")

    /// `dockerV24` in every outer compression.
    public static let outerCompressions = ["gz", "bz2", "xz", "zst", "lz4"].map { Self("app.docker-v24.tar.\($0)") }

    /// The image in every format that names it by its config; `multiPlatform` for linux/amd64.
    public static let app: [ImageFixture] =
        [
            dockerV24, dockerV25, dockerContainerd, containersImage, dotSlash, bare, ociLayout, ociSymlinks,
            ociSymlinksArchive, ociGzip, ociGzipCompressed, ociZstd, ociMislabelled, podmanDockerDirectory,
            multiPlatform,
        ] + outerCompressions

    /// `ociGzip` compressed once more.
    public static let ociGzipCompressed = Self("app.oci-gzip.tar.gz")

    /// As Docker wrote before 1.10, the config being in the layers' `json`; compressed with gzip.
    ///
    /// DiffIDs and rows are the same, the empty rows have a layer in the archive, and the image ID is that of a config made from
    /// the top layer's.
    public static let dockerLegacy = Self("app.docker-legacy.tar.gz")
}
