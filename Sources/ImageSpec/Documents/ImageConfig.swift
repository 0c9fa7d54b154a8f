public import LayerModel

/// The config of a container image: what it runs on, its layers' identities, and how it came about.
///
/// The bytes are the image's identity: they are kept and never encoded again.
///
/// Source: OCI image-spec `config.md`.
public struct ImageConfig: Hashable, Sendable {
    /// The config's own bytes; their digest is the image ID.
    public let bytes: [UInt8]
    /// Everything in it, known or not.
    public let json: JSONObject
    /// The time as it is written, if it is.
    public let createdText: String?
    /// Who made the image.
    public let author: String?
    /// The architecture; some builders leave it out.
    public let architecture: String?
    /// The operating system; some builders leave it out.
    public let os: String?
    /// The variant of the architecture.
    public let variant: String?
    /// The version of the operating system, given for Windows only.
    public let osVersion: String?
    /// What a container is started with, empty when there is nothing; Docker's own members included.
    public let config: JSONObject
    /// The identities of the layers, the lowest first.
    public let diffIDs: [DiffID]
    /// The steps that made the image, the first one first.
    public let history: [HistoryEntry]

    /// Reads a config.
    ///
    /// - Parameters:
    ///   - bytes: The blob.
    ///   - document: What errors call it.
    ///   - limits: What is too much.
    /// - Throws: `SpecError` with the place of the first fault. A time that cannot be read is none: it is absent.
    public init(
        parsing bytes: [UInt8],
        document: String = "config",
        limits: InputLimits = .standard
    ) throws(SpecError) {
        let node = try SpecNode(document: document, parsing: bytes, limits: limits)
        self.bytes = bytes
        json = try node.object()
        createdText = try node.text("created")
        author = try node.text("author")
        architecture = try node.text("architecture")
        os = try node.text("os")
        variant = try node.text("variant")
        osVersion = try node.text("os.version")
        config = try Self.config(try node.member("config"))
        diffIDs = try Self.diffIDs(try node.required("rootfs"))
        var history: [HistoryEntry] = []
        for entry in try node.member("history")?.array(.history) ?? [] { history.append(try HistoryEntry(entry)) }
        self.history = history
    }

    /// The time; nil when none is given or the text names none.
    public var created: Timestamp? { createdText.flatMap { Timestamp(rfc3339: $0) } }

    /// What the image runs on; nil when operating system or architecture is left out.
    public var platform: Platform? {
        guard let os, let architecture else { return nil }
        return Platform(os: os, architecture: architecture, variant: variant, osVersion: osVersion)
    }

    /// The layer that each step of the history made, by its place among the DiffIDs; nil for steps that made none.
    ///
    /// - Throws: `SpecError` when more steps claim a layer than there are layers (contract L-96).
    public func layerIndexes() throws(SpecError) -> [Int?] {
        let claimed = history.count { !$0.isEmptyLayer }
        guard claimed <= diffIDs.count else {
            let reason = "too many non-empty layers in history: \(claimed) for \(diffIDs.count) diff_ids"
            throw SpecError(document: "config", path: "history", reason: .invalid(reason))
        }
        var next = 0
        return history.map { entry in
            guard !entry.isEmptyLayer else { return nil }
            defer { next += 1 }
            return next
        }
    }
}
