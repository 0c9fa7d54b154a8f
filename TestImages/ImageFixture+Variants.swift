/// Small images with one property each.
extension ImageFixture {
    /// One layer, one file.
    public static let mini = Self("mini.docker.tar")
    /// No tag: loads as an image ID.
    public static let untagged = Self("untagged.docker.tar")
    /// No layer at all, one history row.
    public static let noLayers = Self("no-layers.docker.tar")
    /// `"history": null`.
    public static let noHistory = Self("no-history.docker.tar")
    /// Rows without a date, of nulls, with a zone and before the year 2000; two layers.
    public static let oddHistory = Self("odd-history.docker.tar")
    /// Two layers, one row.
    public static let moreLayersThanHistory = Self("more-layers-than-history.docker.tar")
    /// Escape, control and bidirectional characters in the command and the comment.
    public static let escapeInHistory = Self("escape-in-history.docker.tar")
    /// `"os": "windows"` with `os.version` and `os.features`.
    public static let windows = Self("windows.docker.tar")
    /// A layer of zero bytes below one with a file (contract L-11).
    public static let zeroByteLayer = Self("zero-byte-layer.docker.tar")
    /// Bytes after the end-of-archive blocks (contract L-10).
    public static let trailingBytes = Self("trailing-bytes.docker.tar")
    /// A layer without end-of-archive blocks.
    public static let noEndOfArchive = Self("no-end-of-archive.docker.tar")
    /// An entry for the root: mode 0750, uid 1 (contract L-45).
    public static let rootEntry = Self("root-entry.docker.tar")
    /// `/a`, `/a//one` and `./a/./two` (contract L-42).
    public static let absoluteNames = Self("absolute-names.docker.tar")
    /// One name twice in a layer: the last wins (contract L-06).
    ///
    /// Docker and podman refuse it.
    public static let duplicateEntries = Self("duplicate-entries.docker.tar")
    /// A file whose parents are in the layer below, one of them with mode 0700 and uid 7, or nowhere (contract L-53).
    public static let impliedParents = Self("implied-parents.docker.tar")
    /// A hard link to a file of the layer below (contract L-82).
    ///
    /// Docker refuses it.
    public static let hardLinkBelow = Self("hard-link-below.docker.tar")
    /// A hard link to an entry that comes later (contract L-81).
    ///
    /// Docker refuses it, and so does layerctl, naming both entries.
    public static let hardLinkForward = Self("hard-link-forward.docker.tar")
    /// Whiteouts before and after entries of the same name in one layer (contract L-62).
    ///
    /// Docker refuses it.
    public static let whiteoutSameLayer = Self("whiteout-same-layer.docker.tar")
    /// A whiteout and then a directory of that name in one layer: what lay below stays hidden (contract L-63).
    public static let whiteoutThenDirectory = Self("whiteout-then-directory.docker.tar")
    /// An opaque marker as the last entry of its directory (contract L-70).
    public static let opaqueLast = Self("opaque-last.docker.tar")
    /// An opaque marker at the root (contract L-71).
    public static let opaqueRoot = Self("opaque-root.docker.tar")
    /// Overlay's own extended attributes on entries, which must not take effect.
    public static let overlayAttributes = Self("overlay-xattrs.docker.tar")
    /// Files named through symbolic links of the same layer, one of them leading out (contract L-55).
    public static let throughSymlink = Self("through-symlink.docker.tar")
    /// A nondistributable layer with a URL and no blob.
    public static let foreignLayer = Self("foreign-layer.oci.tar")

    /// `mini` and `more` in one docker-archive.
    public static let twoImagesDocker = Self("two-images.docker.tar")
    /// `mini` and `more` in one archive of `docker save` from v25 on.
    public static let twoImagesDockerV25 = Self("two-images.docker-v25.tar")
    /// `mini` and `more` in one OCI archive, by full names in `org.opencontainers.image.ref.name`.
    public static let twoImagesOCI = Self("two-images.oci.tar")

    /// The small images in docker-archives that load on any host.
    public static let variants = [
        mini, untagged, noLayers, noHistory, oddHistory, moreLayersThanHistory, escapeInHistory, zeroByteLayer,
        trailingBytes,
        noEndOfArchive, rootEntry, absoluteNames, duplicateEntries, impliedParents, hardLinkBelow, hardLinkForward,
        whiteoutSameLayer, whiteoutThenDirectory, opaqueLast, opaqueRoot, overlayAttributes, throughSymlink,
    ]
}
