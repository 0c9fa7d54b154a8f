import ImageSpec
import LayerArchive
import LayerModel
import LayerSystem

extension TransportError {
    /// Makes an error of this module of what a lower one met.
    ///
    /// - Parameters:
    ///   - error: The error; one of this module is kept as it is.
    ///   - subject: What was being read.
    /// - Returns: The error with its subject.
    package static func wrapping(_ error: any Error, _ subject: Subject) -> TransportError {
        switch error {
        case let error as TransportError: error
        case let error as ArchiveError: TransportError(kind(of: error), subject, error.description)
        case let error as SystemError: TransportError(kind(of: error), subject, error.reason)
        case let error as SpecError: TransportError(.invalid, subject, reason(of: error))
        case let error as DigestError: TransportError(kind(of: error), subject, error.description)
        default: TransportError(.invalid, subject, "\(error)")
        }
    }

    /// Runs a step and names what it was about in every error.
    ///
    /// - Parameters:
    ///   - subject: What the step reads.
    ///   - body: The step.
    /// - Returns: What the step gives.
    /// - Throws: `TransportError`.
    static func naming<Result>(_ subject: Subject, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch { throw wrapping(error, subject) }
    }

    private static func kind(of error: ArchiveError) -> Kind {
        switch error {
        case .truncated: .truncated
        case .unsupported: .unsupported
        case .unavailable: .system
        case .corrupt, .checksum, .limit: .corrupt
        case .entry(_, let error): kind(of: error)
        }
    }

    private static func kind(of error: SystemError) -> Kind {
        if error.isNotFound { return .notFound }
        return error.code == SystemError.endsEarlyCode ? .truncated : .system
    }

    private static func kind(of error: DigestError) -> Kind {
        switch error {
        case .malformed: .invalid
        case .unsupportedAlgorithm: .unsupported
        }
    }

    /// The reason without the name of the document, which the subject gives.
    private static func reason(of error: SpecError) -> String {
        let place = error.path.isEmpty ? "" : "\(error.path): "
        return (error.document == "manifest.json" ? "invalid manifest, " : "") + place + error.reason.description
    }
}
