/// An archive that must be refused, broken in one place only.
public struct MalformedFixture: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Who refuses it.
    public enum Stage: String, Sendable, Codable {
        /// `history` and `load` alike: no layer need be read.
        case opening
        /// `load`: it shows in a layer only.
        case loading
    }

    /// What is wrong with it, in words with dashes.
    public let reason: String
    /// Who refuses it.
    public let stage: Stage

    /// Where it lies, absolute.
    public var path: String { ImageFixture.directory + "/should-fail-\(reason).tar" }

    /// The reason.
    public var description: String { reason }

    /// All of them, by reason.
    public static var all: [MalformedFixture] {
        get throws { try FixtureFacts.read().malformed }
    }
}
