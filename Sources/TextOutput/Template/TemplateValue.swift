/// A value that a template sees.
package enum TemplateValue: Sendable {
    /// What a map gives for a key that it has not; printed as `<no value>`.
    case missing
    /// A nil of that shape: an empty list or map, a nil pointer to a record, or the `null` of unknown JSON.
    case null(TemplateShape)
    case bool(Bool)
    case integer(Int64)
    /// A number that is no 64-bit integer, as it was written.
    case number(String)
    case text(TemplateText)
    case list([TemplateValue])
    case map(TemplateMap)
    case record(TemplateRecord)

    /// Makes a text from data.
    package static func string(_ text: String) -> Self {
        .text(TemplateText(data: text.utf8))
    }

    /// Makes a list of texts from data.
    package static func strings(_ texts: [String]) -> Self {
        .list(texts.map(string))
    }

    /// Makes a map of texts from data.
    package static func strings(_ texts: [String: String]) -> Self {
        .map(TemplateMap(texts.map { TemplateMember(name: $0.key, value: .string($0.value)) }, elementShape: .text))
    }

    /// Whether `if`, `and` and `or` take the value for true: not zero and not empty; a record always.
    var isTrue: Bool {
        switch self {
        case .missing, .null: false
        case .bool(let value): value
        case .integer(let value): value != 0
        case .number(let text): Double(text) != 0
        case .text(let text): text.byteCount > 0
        case .list(let elements): !elements.isEmpty
        case .map(let map): !map.members.isEmpty
        case .record: true
        }
    }

    /// What an error message calls the type.
    var typeName: String {
        switch self {
        case .missing, .null(.any): "nil"
        case .bool, .null(.bool): "bool"
        case .integer, .null(.integer): "int"
        case .number: "float64"
        case .text, .null(.text): "string"
        case .list, .null(.list): "list"
        case .map, .null(.map): "map"
        case .record, .null(.record): "object"
        }
    }

    /// Whether the value is nil, untyped or typed.
    var isNil: Bool {
        switch self {
        case .missing, .null: true
        default: false
        }
    }
}
