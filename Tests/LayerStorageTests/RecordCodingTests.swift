import ImageSpec
import LayerModel
import LayerTestKit
import Testing

@testable import LayerStorage

/// What stands in the records: what is written is read back, and a member that is missing or of another kind is named.
@Suite struct RecordCodingTests {
    private static let digest = "sha256:" + String(repeating: "ab", count: 32)
    private static let other = "sha512:" + String(repeating: "cd", count: 64)

    private static let layer: JSONObject = [
        "diffID": .string(digest), "tarByteCount": 1536, "treeByteCount": 7, "entryCount": 3, "fileCount": 2,
        "isSelfContained": true, "isRootOpaque": false, "xattrNamespace": "trusted", "isPrivileged": true,
        "indexByteCount": 200, "indexDigest": .string(digest),
        "blobs": [["digest": .string(other), "byteCount": 99, "compression": "gzip"]],
    ]
    private static let image: JSONObject = [
        "id": .string(digest), "sourceFormat": "oci-archive", "manifestDigest": .string(other),
        "layers": [
            ["diffID": .string(digest), "key": .string(other), "blobDigest": .string(other), "blobByteCount": 99],
            ["diffID": .string(digest), "key": .string(digest)],
        ],
    ]
    private static let name: JSONObject = [
        "reference": "docker.io/library/busybox:1.0", "id": .string(digest), "time": "2024-01-02T03:04:05.6Z",
    ]

    private func text(_ json: JSONObject) -> String {
        String(decoding: JSONValue.object(json).encoded(sortedKeys: true), as: UTF8.self)
    }

    @Test func `A layer's record is read back as it was written`() throws {
        #expect(try text(LayerRecord(Self.layer, subject: "").json) == text(Self.layer))
        var dependent = Self.layer
        dependent["isSelfContained"] = false
        dependent["chainID"] = .string(Self.other)
        dependent["blobs"] = []
        dependent["xattrNamespace"] = "user"
        let record = try LayerRecord(dependent, subject: "")
        #expect(text(record.json) == text(dependent))
        #expect(record.usesUserAttributes)
        #expect(record.key.digest.description == Self.other)
    }

    @Test func `An image's record is read back as it was written`() throws {
        #expect(try text(ImageRecord(Self.image, subject: "").json) == text(Self.image))
        var plain = Self.image
        plain["manifestDigest"] = nil
        #expect(try text(ImageRecord(plain, subject: "").json) == text(plain))
    }

    @Test func `A name's record is read back as it was written`() throws {
        #expect(try text(NameRecord(Self.name, subject: "").json) == text(Self.name))
    }

    private func expectRefusal(_ key: String, _ body: () throws -> Void) {
        let error = #expect(throws: StorageError.self, "\(key)") { try body() }
        #expect(error?.kind == .corrupt)
        #expect(error?.description == "SUBJECT: damaged record: bad member \"\(key)\"")
    }

    @Test("A layer's record without one of its members is damaged", arguments: layer.members.map(\.key))
    func layerMembers(key: String) {
        for value in [nil, JSONValue.null, .object([:])] {
            var json = Self.layer
            json[key] = value
            expectRefusal(key) { _ = try LayerRecord(json, subject: "SUBJECT") }
        }
    }

    @Test(
        "A layer's record with a senseless member is damaged",
        arguments: [
            ("diffID", JSONValue.string("sha256:AB")), ("tarByteCount", -1), ("entryCount", "3"), ("isRootOpaque", 0),
            ("xattrNamespace", "system"), ("chainID", .string(digest)),
            ("indexDigest", .string("md5:" + String(repeating: "a", count: 32))),
        ]
    )
    func senselessLayers(key: String, value: JSONValue) {
        var json = Self.layer
        json[key] = value
        expectRefusal(key) { _ = try LayerRecord(json, subject: "SUBJECT") }
    }

    @Test("An image's record without one of its members is damaged", arguments: ["id", "sourceFormat", "layers"])
    func imageMembers(key: String) {
        var json = Self.image
        json[key] = nil
        expectRefusal(key) { _ = try ImageRecord(json, subject: "SUBJECT") }
        json[key] = 1
        expectRefusal(key) { _ = try ImageRecord(json, subject: "SUBJECT") }
    }

    @Test("A name's record with a member missing or senseless is damaged", arguments: ["reference", "id", "time"])
    func nameMembers(key: String) {
        var json = Self.name
        json[key] = nil
        expectRefusal(key) { _ = try NameRecord(json, subject: "SUBJECT") }
        json[key] = "Not A Name"
        expectRefusal(key) { _ = try NameRecord(json, subject: "SUBJECT") }
    }
}
