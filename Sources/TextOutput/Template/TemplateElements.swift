/// The elements of lists, maps and texts: `index`, `slice` and `len`.
enum TemplateElements {
    /// The element that indexes lead to, one level each.
    static func element(of arguments: [TemplateValue]) throws(TemplateFailure) -> TemplateValue {
        var value = arguments[0]
        if value.isUntypedNil { throw .call("index of untyped nil") }
        for index in arguments.dropFirst() { value = try element(of: value, at: index) }
        return value
    }

    private static func element(
        of value: TemplateValue,
        at index: TemplateValue
    ) throws(TemplateFailure) -> TemplateValue {
        switch value {
        case .list(let elements): return elements[try place(index, below: elements.count)]
        case .text(let text):
            let bytes = text.bytes
            return .integer(Int64(bytes[try place(index, below: bytes.count)]))
        case .map(let map): return map.value(of: try key(index)) ?? map.elementShape.zero
        case .null(.map(let elementShape)):
            _ = try key(index)
            return elementShape.zero
        case .null(.list): throw .call("index out of range: \(try place(index, below: Int.max))")
        case .missing, .null: throw .call("index of nil")
        default: throw .call("can't index item of type \(value.typeName)")
        }
    }

    /// A part of a text or a list, from the second argument to the third.
    static func slice(of arguments: [TemplateValue]) throws(TemplateFailure) -> TemplateValue {
        guard arguments.count <= 3 else { throw .call("too many slice indexes: \(arguments.count - 1)") }
        let count: Int
        switch arguments[0] {
        case .text(let text): count = text.byteCount
        case .list(let elements): count = elements.count
        case .null(.list): count = 0
        case .missing, .null(.any): throw .call("slice of untyped nil")
        default: throw .call("can't slice item of type \(arguments[0].typeName)")
        }
        let start = arguments.count > 1 ? try place(arguments[1], below: count + 1) : 0
        let end = arguments.count > 2 ? try place(arguments[2], below: count + 1) : count
        guard start <= end else { throw .call("invalid slice index: \(start) > \(end)") }
        switch arguments[0] {
        case .text(let text): return .text(TemplateText(text.bytes[start..<end], asExactAs: text))
        case .list(let elements): return .list(Array(elements[start..<end]))
        default: return arguments[0]
        }
    }

    /// How many elements a list or map has, or bytes a text.
    static func count(of value: TemplateValue) throws(TemplateFailure) -> Int {
        switch value {
        case .text(let text): return text.byteCount
        case .list(let elements): return elements.count
        case .map(let map): return map.members.count
        case .null(.list), .null(.map): return 0
        default: throw .call("len of type \(value.typeName)")
        }
    }

    private static func place(_ index: TemplateValue, below count: Int) throws(TemplateFailure) -> Int {
        guard case .integer(let value) = index else {
            throw .call("cannot index slice/array with type \(index.typeName)")
        }
        guard let place = Int(exactly: value), place >= 0, place < count else {
            throw .call("index out of range: \(value)")
        }
        return place
    }

    private static func key(_ index: TemplateValue) throws(TemplateFailure) -> [UInt8] {
        guard case .text(let text) = index else {
            throw .call("value has type \(index.typeName); should be string")
        }
        return text.bytes
    }
}

extension TemplateValue {
    /// Whether the value is a nil without a type.
    fileprivate var isUntypedNil: Bool {
        switch self {
        case .missing, .null(.any): true
        default: false
        }
    }
}
