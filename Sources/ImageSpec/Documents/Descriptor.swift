public import LayerModel

/// What a document says of a blob: its type, digest and size, and where else it could be had.
///
/// Source: OCI image-spec `descriptor.md`.
public struct Descriptor: Hashable, Sendable {
    /// What the blob is said to be.
    public let mediaType: MediaType
    /// The digest as it is written; its grammar is checked, its algorithm may be one that cannot be verified.
    public let digestText: String
    /// The size of the blob, in bytes, not negative.
    public let byteCount: Int64
    /// Where else the blob may be had; nothing here ever uses them by itself.
    public let urls: [String]
    /// Free texts; unknown keys are kept.
    public let annotations: [String: String]
    /// What the image behind the descriptor runs on.
    public let platform: Platform?
    /// The blob itself, if it is embedded; as many bytes as `byteCount`, not verified against the digest.
    public let data: [UInt8]?
    /// The type of the artifact behind the descriptor.
    public let artifactType: String?

    /// Makes a descriptor of a blob whose digest was computed here.
    ///
    /// - Parameters:
    ///   - mediaType: What the blob is.
    ///   - digest: Its digest.
    ///   - byteCount: Its size, in bytes.
    ///   - annotations: Free texts.
    ///   - platform: What the image behind it runs on.
    public init(
        mediaType: MediaType,
        digest: BlobDigest,
        byteCount: Int64,
        annotations: [String: String] = [:],
        platform: Platform? = nil
    ) {
        self.init(
            mediaType: mediaType,
            digestText: digest.description,
            byteCount: byteCount,
            annotations: annotations,
            platform: platform
        )
    }

    init(
        mediaType: MediaType,
        digestText: String,
        byteCount: Int64,
        annotations: [String: String],
        platform: Platform?
    ) {
        self.mediaType = mediaType
        self.digestText = digestText
        self.byteCount = byteCount
        self.urls = []
        self.annotations = annotations
        self.platform = platform
        self.data = nil
        self.artifactType = nil
    }

    init(_ node: SpecNode) throws(SpecError) {
        mediaType = MediaType(rawValue: try node.required("mediaType").string())
        digestText = try Self.digestText(try node.required("digest"))
        byteCount = try Self.byteCount(try node.required("size"))
        urls = try node.texts("urls", .urls)
        annotations = try node.textMap("annotations")
        platform = try node.member("platform").map { node throws(SpecError) in try Platform(node) }
        data = try Self.data(try node.member("data"), byteCount: byteCount)
        artifactType = try node.text("artifactType")
    }

    /// The digest, ready to be verified.
    ///
    /// - Throws: `DigestError.unsupportedAlgorithm` when it is of an algorithm that is not known here (contract L-101).
    public func digest() throws(DigestError) -> BlobDigest {
        BlobDigest(try Digest(parsing: digestText))
    }

    private static func digestText(_ node: SpecNode) throws(SpecError) -> String {
        let text = try node.string()
        do throws(DigestError) {
            _ = try Digest(parsing: text)
        } catch .unsupportedAlgorithm {
            return text
        } catch { throw node.error(.digest(error)) }
        return text
    }

    private static func byteCount(_ node: SpecNode) throws(SpecError) -> Int64 {
        let count = try node.int64()
        guard count >= 0 else { throw node.error(.invalid("negative size \(count)")) }
        return count
    }

    private static func data(_ node: SpecNode?, byteCount: Int64) throws(SpecError) -> [UInt8]? {
        guard let node else { return nil }
        guard let data = Base64.decode(try node.string()) else { throw node.error(.invalid("no base64")) }
        guard Int64(data.count) == byteCount else {
            throw node.error(.invalid("\(data.count) bytes where the size is \(byteCount)"))
        }
        return data
    }
}
