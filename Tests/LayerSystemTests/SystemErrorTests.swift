import LayerTestKit
import Testing

@testable import LayerSystem

@Suite("System errors")
struct SystemErrorTests {
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

    @Test("a name in a message cannot steer a terminal")
    func escaping() throws {
        let scratch = try ScratchDirectory()
        let directory = try Directory(path: scratch.path)
        let name: [UInt8] = [0x1B, 0x5D, 0xFF, 0x22]
        let byCopy = #expect(throws: SystemError.self) { try directory.open(name) }
        #expect(byCopy?.subject == scratch.path + #"/\x1b]\xff\""#)
        let byPointer = #expect(throws: SystemError.self) { try directory.descriptor.unlink("\u{9B}\u{202E}") }
        #expect(byPointer?.description == #"unlink "\u{9b}\u{202e}": No such file or directory"#)
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
