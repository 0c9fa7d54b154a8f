import LayerTestKit
import Testing

@testable import LayerSystem

@Suite("System errors")
struct SystemErrorTests {
    struct EscapeCase: Sendable {
        let name: [UInt8]
        let text: String
    }

    @Test("a message names the call, the place and the reason")
    func message() throws {
        let scratch = try ScratchDirectory()
        let directory = try Directory(path: scratch.path)
        let error = #expect(throws: SystemError.self) { try directory.open("nothing") }
        #expect(error?.description == "open \"\(scratch.path)/nothing\": No such file or directory")
        #expect(error?.isNotFound == true)
    }

    @Test("a message without a name stays readable")
    func messageWithoutName() {
        #expect(SystemError(call: "write", subject: "", code: 28).description == "write: No space left on device")
        #expect(SystemError(call: "write", subject: "", code: 28).isNoSpace)
        #expect(SystemError(call: "read", subject: "x", code: 99_999).reason == "Unknown error 99999")
    }

    @Test(
        "names in messages cannot steer a terminal",
        arguments: [
            EscapeCase(name: Array("plain".utf8), text: "plain"),
            EscapeCase(name: Array("café".utf8), text: "café"),
            EscapeCase(name: Array("日本\u{1F600}".utf8), text: "日本\u{1F600}"),
            EscapeCase(name: Array("a\"b\\c".utf8), text: "a\\\"b\\\\c"),
            EscapeCase(name: Array("a\nb\r\tc".utf8), text: "a\\nb\\r\\tc"),
            EscapeCase(name: [0x1B, 0x5D], text: "\\u{1b}]"),
            EscapeCase(name: Array("\u{85}\u{202E}x\u{2028}".utf8), text: "\\u{85}\\u{202e}x\\u{2028}"),
            EscapeCase(name: [0x61, 0xFF, 0x62], text: "a\\xffb"),
            EscapeCase(name: [0xC3], text: "\\xc3"),
            EscapeCase(name: [0xED, 0xA0, 0x80], text: "\\xed\\xa0\\x80"),
            EscapeCase(name: [0xC0, 0x80], text: "\\xc0\\x80"),
            EscapeCase(name: [], text: ""),
        ]
    )
    func escaping(_ item: EscapeCase) {
        #expect(EscapedName.text(of: item.name) == item.text)
    }

    @Test(
        "a name that would lead out of its directory is refused",
        arguments: ["", ".", "..", "a/b", "/a", "a/", "a\0b"]
    )
    func refusedNames(_ name: String) throws {
        let scratch = try ScratchDirectory()
        let directory = try Directory(path: scratch.path)
        let error = #expect(throws: SystemError.self) { try directory.createFile(name) }
        #expect(error?.code == 22)
        #expect(throws: SystemError.self) { try directory.status(name) }
        #expect(throws: SystemError.self) { try directory.removeTree(name) }
        #expect(try directory.isEmpty())
    }

    @Test("dots in a name are nothing special", arguments: ["...", ".a", "..a", "a..", "-rf", " "])
    func acceptedNames(_ name: String) throws {
        let scratch = try ScratchDirectory()
        let directory = try Directory(path: scratch.path)
        _ = try directory.createFile(name)
        #expect(try directory.list() == [Array(name.utf8)])
    }
}
