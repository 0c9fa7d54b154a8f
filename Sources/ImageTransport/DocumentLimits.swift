import LayerModel

/// How long the documents of an image may be; bodies of layers have no part in it.
enum DocumentLimits {
    /// The longest document that is read.
    ///
    /// Source: containers/image `iolimits`, 4 MiB.
    static let byteCount = 4 << 20
    /// The most members an archive may have.
    static let memberCount = 100_000
    /// How deep indexes may lie in one another.
    static let indexDepth = 8
    /// How many manifests and indexes are looked at in one layout.
    static let manifestCount = 1_024
    /// How many names one image may have.
    static let nameCount = 1_000

    /// Refuses a member that can only be a document and is too long for one, before its body is read.
    ///
    /// - Parameters:
    ///   - path: The member's name.
    ///   - byteCount: The size that its header gives.
    ///   - subject: What the error names.
    /// - Throws: `TransportError`.
    static func check(
        _ path: LayerPath,
        byteCount: Int64,
        subject: @autoclosure () -> TransportError.Subject
    ) throws {
        guard byteCount > Int64(Self.byteCount) else { return }
        let depth = path.components.count
        let name = String(decoding: path.name, as: UTF8.self)
        let isDocument =
            depth == 1 && (name.hasSuffix(".json") || name == "oci-layout" || name == "repositories")
            || depth == 2 && name == "json"
        if isDocument { throw tooLarge(subject(), byteCount) }
    }

    /// The error about a document that is too long.
    static func tooLarge(_ subject: TransportError.Subject, _ byteCount: Int64) -> TransportError {
        TransportError(.invalid, subject, "too large for a document: \(byteCount) bytes, at most \(Self.byteCount)")
    }
}
