/// Why a text names no platform.
public enum PlatformError: Error, Equatable, Sendable {
    /// A part is empty, has a character that no platform has, or there are more than three.
    case malformed(String)
    /// One word that is neither a known operating system nor a known architecture.
    case unknown(String)
}

extension PlatformError: CustomStringConvertible {
    /// One line that quotes the text.
    public var description: String {
        switch self {
        case .malformed(let text): "invalid platform \"\(text)\": expected os[/arch[/variant]]"
        case .unknown(let text): "unknown operating system or architecture \"\(text)\""
        }
    }
}
