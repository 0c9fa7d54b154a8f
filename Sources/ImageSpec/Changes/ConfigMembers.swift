/// The members of a `config` as Docker's structure has them, read and written one at a time.
struct ConfigMembers {
    var object: JSONObject

    init(_ object: JSONObject) {
        self.object = object
    }

    /// An array of texts; nil when it is absent or `null`.
    func texts(_ key: String) throws(ChangeError.Reason) -> [String]? {
        do throws(SpecError) { return try LegacyEncoding.texts(node, key) } catch { throw .config(error) }
    }

    /// A command, which may also be written as one text; nil when it is absent, `null` or empty.
    func words(_ key: String) throws(ChangeError.Reason) -> [String]? {
        do throws(SpecError) {
            guard let words = try LegacyEncoding.words(node, key), !words.isEmpty else { return nil }
            return words
        } catch { throw .config(error) }
    }

    /// A text; empty when it is absent or `null`.
    func text(_ key: String) throws(ChangeError.Reason) -> String {
        do throws(SpecError) { return try node.text(key) ?? "" } catch { throw .config(error) }
    }

    /// An object; empty when it is absent or `null`.
    func map(_ key: String) throws(ChangeError.Reason) -> JSONObject {
        do throws(SpecError) { return try node.member(key)?.object() ?? JSONObject() } catch { throw .config(error) }
    }

    /// Writes an array of texts, or takes the member away when there are none.
    mutating func setTexts(_ key: String, _ texts: [String]) {
        object[key] = texts.isEmpty ? nil : .array(texts.map { .string($0) })
    }

    /// Writes an object, or takes the member away when it is empty.
    mutating func setMap(_ key: String, _ map: JSONObject) {
        object[key] = map.isEmpty ? nil : .object(map)
    }

    /// Writes a text, or takes the member away when it is empty.
    mutating func setText(_ key: String, _ text: String) {
        object[key] = text.isEmpty ? nil : .string(text)
    }

    /// The name in an environment variable: what stands before the first `=`, or all of it.
    static func name(of entry: String) -> Substring {
        let place = entry.utf8.firstIndex(of: UInt8(ascii: "=")) ?? entry.endIndex
        return entry[..<place]
    }

    private var node: SpecNode { SpecNode(document: "config", path: "config", value: .object(object)) }
}
