import ImageSpec
import LayerModel

/// Reads the members of a record; one that is missing or of another kind makes the record a damaged one.
struct RecordFields {
    private let json: JSONObject
    private let subject: String

    init(_ json: JSONObject, subject: String) {
        self.json = json
        self.subject = subject
    }

    func number(_ key: String) throws(StorageError) -> Int64 {
        guard let value = try optionalNumber(key) else { throw bad(key) }
        return value
    }

    func optionalNumber(_ key: String) throws(StorageError) -> Int64? {
        guard let value = json[key] else { return nil }
        guard let number = value.int64Value, number >= 0 else { throw bad(key) }
        return number
    }

    func flag(_ key: String) throws(StorageError) -> Bool {
        guard let value = json[key]?.boolValue else { throw bad(key) }
        return value
    }

    func text(_ key: String) throws(StorageError) -> String {
        guard let value = try optionalText(key) else { throw bad(key) }
        return value
    }

    func optionalText(_ key: String) throws(StorageError) -> String? {
        guard let value = json[key] else { return nil }
        guard let text = value.stringValue else { throw bad(key) }
        return text
    }

    /// A text that its own parser refuses when it is missing.
    func textOrEmpty(_ key: String) -> String { json[key]?.stringValue ?? "" }

    func digest(_ key: String) throws(StorageError) -> Digest {
        guard let digest = try optionalDigest(key) else { throw bad(key) }
        return digest
    }

    func optionalDigest(_ key: String) throws(StorageError) -> Digest? {
        guard let text = try optionalText(key) else { return nil }
        do throws(DigestError) {
            return try Digest(parsing: text)
        } catch {
            throw bad(key)
        }
    }

    func time(_ key: String) throws(StorageError) -> Timestamp {
        guard let time = Timestamp(rfc3339: try text(key)) else { throw bad(key) }
        return time
    }

    /// The members of each object of an array.
    func objects(_ key: String) throws(StorageError) -> [RecordFields] {
        guard let elements = json[key]?.arrayValue else { throw bad(key) }
        var objects: [RecordFields] = []
        for element in elements {
            guard let object = element.objectValue else { throw bad(key) }
            objects.append(RecordFields(object, subject: subject))
        }
        return objects
    }

    /// The members of an object all of whose values are texts.
    func texts(_ key: String) throws(StorageError) -> [String: String] {
        guard let object = json[key]?.objectValue else { throw bad(key) }
        var texts: [String: String] = [:]
        for member in object.members {
            guard let text = member.value.stringValue else { throw bad(key) }
            texts[member.key] = text
        }
        return texts
    }

    func bad(_ key: String) -> StorageError {
        StorageError(.corrupt, subject, "damaged record: bad member \"\(key)\"")
    }
}
