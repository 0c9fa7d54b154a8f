extension JSONValue {
    /// Reads a JSON text strictly.
    ///
    /// Refused beside what RFC 8259 refuses: a name twice in one object, half a surrogate pair, bytes that are no UTF-8, a byte
    /// order mark, anything behind the value.
    ///
    /// - Parameters:
    ///   - bytes: The whole text.
    ///   - limits: What is too long and too deep.
    /// - Throws: `JSONError` with the place of the first fault.
    public init(parsing bytes: some Collection<UInt8>, limits: JSONLimits = .standard) throws(JSONError) {
        var parser = try JSONParser(Array(bytes), limits: limits)
        self = try parser.document()
    }

    /// Writes the value as JSON.
    ///
    /// - Parameters:
    ///   - pretty: Whether each member and element gets a line, indented by 4 spaces, as `docker inspect` prints them.
    ///   - sortedKeys: Whether members come in the order of their names' bytes instead of their own.
    ///   - escapesHTML: Whether `<`, `>`, `&`, U+2028 and U+2029 are escaped as Go's `json.Marshal` does.
    /// - Returns: UTF-8, without a line feed at the end.
    public func encoded(pretty: Bool = false, sortedKeys: Bool = false, escapesHTML: Bool = false) -> [UInt8] {
        var writer = JSONWriter(isPretty: pretty, sortsKeys: sortedKeys, escapesHTML: escapesHTML)
        writer.write(self, depth: 0)
        return writer.bytes
    }
}
