package import LayerModel

/// Why an archive or a compressed stream cannot be read.
package indirect enum ArchiveError: Error, Equatable, Sendable {
    /// The stream ends too early; the text says inside what.
    case truncated(String)
    /// The bytes are not what the format asks for: in what, and how.
    case corrupt(String, reason: String)
    /// A checksum that the format carries does not fit; the text says of what.
    case checksum(String)
    /// The format allows it, but it is not handled here.
    case unsupported(String)
    /// More than a limit allows: which limit, and of what there is too much, with the number that is over.
    case limit(InputLimit, String)
    /// A library that is wanted for it cannot be had; the text says which, and why.
    case unavailable(String)
    /// One of the above in an entry of a tar: the entry's name as it is in the archive.
    case entry(name: [UInt8], ArchiveError)
}

extension ArchiveError: CustomStringConvertible {
    /// The reason in one line, without the name of the archive; names of entries are escaped.
    package var description: String {
        switch self {
        case .truncated(let what): "truncated \(what)"
        case .corrupt(let what, let reason): "corrupt \(what): \(reason)"
        case .checksum(let what): "\(what) checksum mismatch"
        case .unsupported(let what): "unsupported \(what)"
        case .limit(let limit, let what): limit.refusal(what)
        case .unavailable(let what): "\(what)"
        case .entry(let name, let error): "entry \(EscapedText.quoted(name)): \(error)"
        }
    }
}
