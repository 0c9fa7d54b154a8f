public import LayerModel

/// Why a text names no image.
public enum ReferenceError: Error, Equatable, Sendable {
    /// There is no name at all.
    case empty
    /// The text is not in the grammar of references.
    case malformed(String)
    /// The repository has an upper-case letter.
    case uppercaseRepository(String)
    /// The repository is longer than 255 bytes.
    case nameTooLong(String)
    /// The name is 64 hexadecimal digits: it would hide the image of that ID.
    case looksLikeID(String)
    /// The tag is not 1 to 128 letters, digits, `_`, `.` and `-`, with neither `.` nor `-` at its beginning.
    case malformedTag(String)
    /// The digest cannot be used.
    case digest(DigestError)
}

extension ReferenceError: CustomStringConvertible {
    /// One line in the words of Docker, with the text.
    public var description: String {
        switch self {
        case .empty: "invalid reference format: no name"
        case .malformed(let text): "invalid reference format: \"\(text)\""
        case .uppercaseRepository(let name):
            "invalid reference format: repository name (\(name)) must be lowercase"
        case .nameTooLong:
            "invalid reference format: repository name must not be more than \(ImageReference.nameByteLimit) characters"
        case .looksLikeID(let text):
            "invalid repository name (\(text)), cannot specify 64-byte hexadecimal strings"
        case .malformedTag(let tag): "invalid tag format: \"\(tag)\""
        case .digest(let error): error.description
        }
    }
}
