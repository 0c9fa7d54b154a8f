import LayerModel

extension InputLimits {
    /// Refuses a member that can only be a document and is too long for one, before its body is read.
    ///
    /// - Parameters:
    ///   - path: The member's name.
    ///   - byteCount: The size that its header gives.
    ///   - subject: What the error names.
    /// - Throws: `TransportError`.
    func checkDocument(
        _ path: LayerPath,
        byteCount: Int64,
        subject: @autoclosure () -> TransportError.Subject
    ) throws {
        guard byteCount > self[.jsonBytes] else { return }
        let depth = path.components.count
        let name = String(decoding: path.name, as: UTF8.self)
        let isDocument =
            depth == 1 && (name.hasSuffix(".json") || name == "oci-layout" || name == "repositories")
            || depth == 2 && name == "json"
        if isDocument { throw tooLarge(subject(), byteCount) }
    }

    /// The error about a document that is too long.
    func tooLarge(_ subject: TransportError.Subject, _ byteCount: Int64) -> TransportError {
        let reason = "too large for a document: \(byteCount) bytes, at most \(self[.jsonBytes])"
        return TransportError(.invalid, subject, InputLimit.jsonBytes.refusal(reason))
    }

    /// The error about more of something than a limit allows.
    func tooMany(_ what: String, _ limit: InputLimit, _ subject: TransportError.Subject) -> TransportError {
        TransportError(.invalid, subject, limit.refusal("too many \(what): more than \(self[limit])"))
    }
}
