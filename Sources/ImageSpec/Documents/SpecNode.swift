import LayerModel

/// A value in a document together with its place, so that whatever is wrong with it can be named.
struct SpecNode {
    let document: String
    let path: String
    let value: JSONValue
    let limits: InputLimits

    /// The root of a document.
    init(document: String, parsing bytes: [UInt8], limits: InputLimits) throws(SpecError) {
        do throws(JSONError) {
            let value = try JSONValue(parsing: bytes, limits: JSONLimits(limits))
            self.init(document: document, path: "", value: value, limits: limits)
        } catch { throw SpecError(document: document, path: "", reason: .json(error)) }
    }

    init(document: String, path: String, value: JSONValue, limits: InputLimits = .standard) {
        self.document = document
        self.path = path
        self.value = value
        self.limits = limits
    }

    /// An error at this place.
    func error(_ reason: SpecError.Reason) -> SpecError {
        SpecError(document: document, path: path, reason: reason)
    }

    /// The member of that name; nil when it is absent or `null`.
    func member(_ key: String) throws(SpecError) -> SpecNode? {
        guard let value = try object()[key], !value.isNull else { return nil }
        return child(key, value)
    }

    /// The member of that name, which has to be there; `null` counts as there.
    func required(_ key: String) throws(SpecError) -> SpecNode {
        guard let value = try object()[key] else { throw child(key, .null).error(.missing) }
        return child(key, value)
    }

    /// Whether there is a member of that name, even `null`.
    func has(_ key: String) -> Bool { value[key] != nil }

    func object() throws(SpecError) -> JSONObject {
        guard let object = value.objectValue else { throw wrongType("an object") }
        return object
    }

    func string() throws(SpecError) -> String {
        guard let text = value.stringValue else { throw wrongType("a string") }
        return text
    }

    func bool() throws(SpecError) -> Bool {
        guard let value = value.boolValue else { throw wrongType("a boolean") }
        return value
    }

    func int64() throws(SpecError) -> Int64 {
        guard value.numberText != nil else { throw wrongType("an integer") }
        guard let integer = value.int64Value else { throw error(.invalid("no 64-bit integer")) }
        return integer
    }

    /// The elements of an array as places; without a limit there are as many as the document has room for.
    func array(_ limit: InputLimit?) throws(SpecError) -> [SpecNode] {
        guard let elements = value.arrayValue else { throw wrongType("an array") }
        if let limit, elements.count > limits.count(limit) { throw tooMany(limit) }
        return elements.enumerated().map { place, element in
            SpecNode(document: document, path: "\(path)[\(place)]", value: element, limits: limits)
        }
    }

    /// The members of an object as places; without a limit there are as many as the document has room for.
    func members(_ limit: InputLimit?) throws(SpecError) -> [(key: String, node: SpecNode)] {
        let object = try object()
        if let limit, object.count > limits.count(limit) { throw tooMany(limit) }
        return object.members.map { ($0.key, child($0.key, $0.value)) }
    }

    func digest() throws(SpecError) -> Digest {
        try digest(from: try string())
    }

    /// A digest in a text that stands at this place.
    func digest(from text: String) throws(SpecError) -> Digest {
        do throws(DigestError) {
            return try Digest(parsing: text)
        } catch { throw self.error(.digest(error)) }
    }

    private func child(_ key: String, _ value: JSONValue) -> SpecNode {
        SpecNode(document: document, path: path.isEmpty ? key : "\(path).\(key)", value: value, limits: limits)
    }

    /// The error about a list that is longer than a limit allows.
    func tooMany(_ limit: InputLimit) -> SpecError { error(.tooMany(limit, count: limits.count(limit))) }

    private func wrongType(_ expected: String) -> SpecError {
        error(.wrongType(expected: expected, found: value.kindName))
    }
}
