public import LayerModel

/// What is wrong with a document of an image, and where in it.
public struct SpecError: Error, Equatable, Sendable {
    /// What is wrong.
    public enum Reason: Equatable, Sendable {
        /// The bytes are no JSON.
        case json(JSONError)
        /// A member that has to be there is not.
        case missing
        /// A value is of another kind than it has to be.
        case wrongType(expected: String, found: String)
        /// A digest is malformed, or cannot be verified where it has to be.
        case digest(DigestError)
        /// There are more elements than a limit allows: which limit, and how many it allows.
        case tooMany(InputLimit, count: Int)
        /// A value is of the right kind and means nothing.
        case invalid(String)
    }

    /// The document, as a user knows it (`manifest.json`, `config`, `index.json`).
    public let document: String
    /// The place in it (`layers[2].digest`); empty for the document itself.
    public let path: String
    /// What is wrong there.
    public let reason: Reason

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - document: The document, as a user knows it.
    ///   - path: The place in it; empty for the document itself.
    ///   - reason: What is wrong there.
    public init(document: String, path: String, reason: Reason) {
        self.document = document
        self.path = path
        self.reason = reason
    }
}

extension SpecError: CustomStringConvertible {
    /// One line of document, place and reason, in which texts from the document stand as they are.
    public var description: String {
        "invalid \(document): " + (path.isEmpty ? "" : "\(path): ") + reason.description
    }
}

extension SpecError.Reason: CustomStringConvertible {
    /// The reason without the place.
    public var description: String {
        switch self {
        case .json(let error): Self.text(error)
        case .missing: "missing"
        case .wrongType(let expected, let found): "expected \(expected), found \(found)"
        case .digest(let error): error.description
        case .tooMany(let limit, let count): limit.refusal("more than \(count) elements")
        case .invalid(let text): text
        }
    }

    /// An error of the parser, with the limit that is met.
    private static func text(_ error: JSONError) -> String {
        switch error.reason {
        case .tooLarge: InputLimit.jsonBytes.refusal(error.description)
        case .tooDeep: InputLimit.jsonDepth.refusal(error.description)
        default: error.description
        }
    }
}
