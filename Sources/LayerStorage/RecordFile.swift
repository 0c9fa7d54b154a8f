import ImageSpec
import LayerArchive
import LayerModel
import LayerSystem

/// A small file that knows whether it is whole.
///
/// ```
/// layerctl-record 1 <bytes of the payload> sha256:<digest of the payload>
/// { payload: one JSON object }
/// ```
///
/// It is written to a name of its own in the same directory, synchronised and renamed: a reader sees the old record or the new one.
enum RecordFile {
    private static let magic = "layerctl-record"
    private static let version = "1"
    /// No record comes near this; a file that does is none.
    private static let byteLimit = 4 << 20
    /// What the name of a record begins with until it is whole.
    static let temporaryPrefix = ".new-"

    /// Reads a record.
    ///
    /// - Parameters:
    ///   - name: The file, one component.
    ///   - directory: Where it lies.
    /// - Returns: The payload, or nil when there is no such file.
    /// - Throws: `StorageError` of kind `corrupt` for a damaged record, `SystemError`.
    static func read(_ name: some PathBytes, in directory: Directory) throws -> JSONObject? {
        do {
            return try content(name, in: directory).map(decode)
        } catch let error as RecordError {
            let subject = directory.subject(name)
            throw StorageError(.corrupt, subject, "damaged record: \(error.reason)", cause: error)
        }
    }

    private static func content(_ name: some PathBytes, in directory: Directory) throws -> [UInt8]? {
        do {
            return try directory.readStoredFile(name, byteLimit: byteLimit)
        } catch  where error.isTooLong {
            throw RecordError(reason: "it is too long for one")
        }
    }

    /// The payload of a record's bytes.
    static func decode(_ bytes: [UInt8]) throws(RecordError) -> JSONObject {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { throw RecordError(reason: "it has no head") }
        // By bytes: every start reads several records, and splitting text costs more than all else about them.
        let words = bytes[..<end].split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        let payload = bytes[(end + 1)...]
        guard words.count == 4, words[0].elementsEqual(magic.utf8) else {
            throw RecordError(reason: "its head is another")
        }
        guard words[1].elementsEqual(version.utf8) else {
            throw RecordError(reason: "its form is another one than \(version)")
        }
        guard words[2].elementsEqual(String(payload.count).utf8) else {
            throw RecordError(reason: "its length is another")
        }
        guard words[3].elementsEqual(Digest.sha256(of: payload).description.utf8) else {
            throw RecordError(reason: "its checksum is another")
        }
        let json: JSONValue
        do throws(JSONError) {
            json = try JSONValue(parsing: payload)
        } catch {
            throw RecordError(reason: "\(error)")
        }
        guard let object = json.objectValue else { throw RecordError(reason: "it is no object") }
        return object
    }

    /// The bytes of a record.
    static func encode(_ payload: JSONObject) -> [UInt8] {
        let body = JSONValue.object(payload).encoded(sortedKeys: true)
        return Array("\(magic) \(version) \(body.count) \(Digest.sha256(of: body))\n".utf8) + body
    }

    /// Writes a new record of a directory that is not published yet: whoever publishes it synchronises all.
    static func create(_ payload: JSONObject, _ name: String, in directory: Directory) throws {
        try directory.createFile(name).write(encode(payload))
    }

    /// Writes a record in place of the one that may be there, and waits until it is on the disk.
    ///
    /// The caller holds a lock under which alone such records of this directory are written.
    static func replace(_ payload: JSONObject, _ name: some PathBytes, in directory: Directory) throws {
        try sweep(directory)
        let temporary = try TemporaryName.make(prefix: temporaryPrefix)
        let file = try directory.createFile(temporary)
        do {
            try file.write(encode(payload))
            try file.synchronize()
            try directory.rename(temporary, to: directory, as: name, replacing: true)
        } catch {
            try? directory.unlink(temporary)  // reason: the first error is the one to report
            throw error
        }
        try directory.synchronize()
    }

    /// Removes what a process left behind that died before its record was whole.
    static func sweep(_ directory: Directory) throws {
        for name in try directory.list() where name.starts(with: temporaryPrefix.utf8) {
            try directory.unlink(name)
        }
    }
}
