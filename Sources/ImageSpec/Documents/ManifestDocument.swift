public import LayerModel

/// A blob that is either the manifest of one image or an index.
public enum ManifestDocument: Hashable, Sendable {
    case manifest(ImageManifest)
    case index(ImageIndex)

    /// Reads a blob as what its descriptor says; a blob that says otherwise of itself is refused.
    ///
    /// - Parameters:
    ///   - bytes: The blob.
    ///   - mediaType: The type in the descriptor that led here.
    ///   - document: What errors call it.
    ///   - limits: What is too much.
    /// - Throws: `SpecError`; also when the type is neither of a manifest nor of an index.
    public init(
        parsing bytes: [UInt8],
        mediaType: MediaType,
        document: String = "manifest",
        limits: InputLimits = .standard
    ) throws(SpecError) {
        guard mediaType.isManifest || mediaType.isIndex else {
            let reason = SpecError.Reason.invalid("\"\(mediaType)\" is no type of a manifest or an index")
            throw SpecError(document: document, path: "", reason: reason)
        }
        let node = try SpecNode(document: document, parsing: bytes, limits: limits)
        self =
            mediaType.isManifest
            ? .manifest(try ImageManifest(node, bytes: bytes)) : .index(try ImageIndex(node, bytes: bytes))
    }
}
