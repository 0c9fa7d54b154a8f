package import ImageSpec

extension TemplateValue {
    /// Makes the value that a JSON value stands for.
    ///
    /// - Parameters:
    ///   - json: The JSON value.
    ///   - shape: What Go type it was made from; where it does not fit, the value is as it would be without a shape.
    package init(_ json: JSONValue, shape: TemplateShape = .any) {
        switch json {
        case .null: self = Self.null(of: shape)
        case .bool(let value): self = .bool(value)
        case .number(let text): self = Int64(text).map(Self.integer) ?? .number(text)
        case .string(let text): self = .string(text)
        case .array(let elements):
            let elementShape: TemplateShape = if case .list(let element) = shape { element } else { .any }
            self = .list(elements.map { TemplateValue($0, shape: elementShape) })
        case .object(let object): self.init(object, shape: shape)
        }
    }

    private init(_ object: JSONObject, shape: TemplateShape) {
        switch shape {
        case .record(let fields):
            let members = object.members.map { member in
                let field = fields.first { $0.key.utf8.elementsEqual(member.key.utf8) }
                return TemplateMember(
                    name: member.key,
                    value: TemplateValue(member.value, shape: field?.value ?? .any)
                )
            }
            self = .record(TemplateRecord(members, shapes: fields))
        default:
            let elementShape: TemplateShape = if case .map(let element) = shape { element } else { .any }
            let members = object.members.map {
                TemplateMember(name: $0.key, value: TemplateValue($0.value, shape: elementShape))
            }
            self = .map(TemplateMap(members, elementShape: elementShape))
        }
    }

    private static func null(of shape: TemplateShape) -> TemplateValue {
        if case .any = shape { .null(.any) } else { shape.zero }
    }

    /// The JSON value that Go's `json.Marshal` makes of this one.
    package var json: JSONValue {
        switch self {
        case .missing, .null: .null
        case .bool(let value): .bool(value)
        case .integer(let value): JSONValue(value)
        case .number(let text): .number(text)
        case .text(let text): .string(String(decoding: text.bytes, as: UTF8.self))
        case .list(let elements): .array(elements.map(\.json))
        case .map(let map): .object(JSONObject(map.members.map { ($0.name, $0.value.json) }))
        case .record(let record): .object(JSONObject(record.members.map { ($0.name, $0.value.json) }))
        }
    }

    /// The value as compact JSON, as `{{json .}}` prints it but for what terminals obey.
    var jsonBytes: [UInt8] {
        let isRow = if case .record(let record) = self { record.isRow } else { false }
        return TerminalText.escapeJSON(json.encoded(sortedKeys: isRow, escapesHTML: isRow))
    }
}
