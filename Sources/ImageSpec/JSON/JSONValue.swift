/// Any JSON value, with its numbers kept as text and its objects in the order in which they were written.
///
/// Texts and keys are compared by their UTF-8 bytes, as JSON's own tools do, and not by canonical equivalence.
///
/// Source: RFC 8259.
public enum JSONValue: Sendable {
    case null
    case bool(Bool)
    /// A number as it was written, in the grammar of RFC 8259 section 6.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// Makes a number from an integer.
    public init(_ integer: some BinaryInteger) {
        self = .number(String(integer))
    }
}

extension JSONValue: Hashable {
    /// Whether two values are the same: bytes of texts, digits of numbers, order of members.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left.utf8.elementsEqual(right.utf8)
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    /// Feeds the value to a hasher.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .number(let text), .string(let text): JSONObject.hash(text, into: &hasher)
        case .array(let elements): hasher.combine(elements)
        case .object(let object): hasher.combine(object)
        }
    }
}
