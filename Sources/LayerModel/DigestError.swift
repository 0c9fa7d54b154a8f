/// Why a text is no digest that can be used here.
public enum DigestError: Error, Equatable, Sendable {
    /// The text does not follow `algorithm:encoded`, or the encoded part has a wrong length or wrong digits.
    case malformed(String)
    /// The text is a digest by its grammar, of an algorithm that cannot be verified here.
    case unsupportedAlgorithm(String)
}

extension DigestError: CustomStringConvertible {
    /// One line that quotes the text.
    public var description: String {
        switch self {
        case .malformed(let text): "invalid digest \(EscapedText.quoted(text.utf8))"
        case .unsupportedAlgorithm(let text):
            "digest \(EscapedText.quoted(text.utf8)) is of an algorithm that cannot be verified"
        }
    }
}
