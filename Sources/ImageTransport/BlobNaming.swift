import LayerModel

/// Under which name a form of file keeps the blob of a digest.
enum BlobNaming {
    /// `blobs/sha256/<hex>`.
    ///
    /// Source: OCI image-spec `image-layout.md`, "Blobs".
    case layout
    /// `<hex>`, manifests of an index `<hex>.manifest.json`.
    ///
    /// Source: containers/image `directory/directory_transport.go`.
    case directory

    /// The names under which a blob may lie, the first one tried first.
    func names(_ digest: Digest) -> [String] {
        switch self {
        case .layout: return ["blobs/\(digest.algorithm.rawValue)/\(digest.hex)"]
        case .directory:
            let name = digest.algorithm == .sha256 ? digest.hex : "\(digest.algorithm.rawValue)-\(digest.hex)"
            return [name, name + ".manifest.json"]
        }
    }
}
