import ImageSpec
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerStorage

/// A record knows whether it is whole: its form is fixed, and nothing but its own bytes is taken for it.
@Suite struct RecordFileTests {
    private static let payload: JSONObject = ["format": 1, "a": "text", "list": [true, .null]]
    private static let golden = """
        layerctl-record 1 42 sha256:1a3afd4aeaf425c54cfe20b9e3ab596caa648d54adfba34408d2d2e2b6294f63
        {"a":"text","format":1,"list":[true,null]}
        """

    @Test func `The bytes of a record are a head with length and digest, and JSON with sorted keys`() throws {
        let bytes = RecordFile.encode(Self.payload)
        #expect(String(decoding: bytes, as: UTF8.self) == Self.golden)
        #expect(try RecordFile.decode(bytes) == ["a": "text", "format": 1, "list": [true, .null]])
    }

    @Test func `Every record with one bit turned anywhere is refused`() {
        let bytes = RecordFile.encode(Self.payload)
        for position in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[position] ^= 1 << bit
                #expect(throws: RecordError.self, "byte \(position), bit \(bit)") { try RecordFile.decode(damaged) }
            }
        }
    }

    @Test func `Every cut and every longer record is refused`() {
        let bytes = RecordFile.encode(Self.payload)
        for count in 0..<bytes.count {
            #expect(throws: RecordError.self, "\(count) bytes") { try RecordFile.decode(Array(bytes[..<count])) }
        }
        #expect(throws: RecordError.self) { try RecordFile.decode(bytes + [UInt8(ascii: "\n")]) }
        #expect(throws: RecordError.self) { try RecordFile.decode([0] + bytes) }
    }

    @Test(
        "A record of another form is refused with what is wrong",
        arguments: [
            ("layerctl-record 2 2 sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n{}", "form"),
            ("other-record 1 2 sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n{}", "head"),
            (
                "layerctl-record 1 02 sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n{}",
                "length"
            ),
            (
                "layerctl-record 1 2 sha256:44136FA355B3678A1146AD16F7E8649E94FB4FC21FE77E8310C060F61CAAFF8A\n{}",
                "checksum"
            ),
            (
                "layerctl-record 1 2 sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945\n[]",
                "object"
            ),
            (
                "layerctl-record 1  2 sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n{}",
                "head"
            ),
            ("", "no head"),
        ]
    )
    func otherForms(text: String, reason: String) {
        let error = #expect(throws: RecordError.self) { try RecordFile.decode(Array(text.utf8)) }
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }

    @Test func `A file of records is replaced in one step, and what a dead writer left goes`() throws {
        let scratch = try ScratchDirectory()
        let directory = try Directory(path: scratch.path)
        try TestFile.write([1], to: scratch.path + "/.new-left-behind")
        try RecordFile.replace(Self.payload, "record", in: directory)
        #expect(try RecordFile.read("record", in: directory)?["format"] == 1)
        try RecordFile.replace(["format": 2], "record", in: directory)
        #expect(try RecordFile.read("record", in: directory) == ["format": 2])
        #expect(try TestFile.list(scratch.path) == ["record"])
    }

    @Test func `A record that is not there is nil, and a damaged one names its file`() throws {
        let scratch = try ScratchDirectory()
        let directory = try Directory(path: scratch.path)
        #expect(try RecordFile.read("record", in: directory) == nil)
        try RecordFile.create(Self.payload, "record", in: directory)
        try TestFile.damage(scratch.path + "/record", at: 100)
        let error = #expect(throws: StorageError.self) { try RecordFile.read("record", in: directory) }
        #expect(error?.kind == .corrupt)
        #expect(error?.subject == scratch.path + "/record")
        #expect(error?.reason == "damaged record: its checksum is another")
    }

    @Test func `A file that is too long for a record is not read`() throws {
        let scratch = try ScratchDirectory()
        let directory = try Directory(path: scratch.path)
        try directory.createFile("record").setByteCount(1 << 33)
        let error = #expect(throws: StorageError.self) { try RecordFile.read("record", in: directory) }
        #expect(error?.kind == .corrupt)
    }

    @Test func `A creation does not overwrite`() throws {
        let scratch = try ScratchDirectory()
        let directory = try Directory(path: scratch.path)
        try RecordFile.create(Self.payload, "record", in: directory)
        #expect(throws: SystemError.self) { try RecordFile.create(Self.payload, "record", in: directory) }
    }
}
