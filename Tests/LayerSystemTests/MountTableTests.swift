import LayerModel
import LayerSystem
import Testing

@Suite("Mount table")
struct MountTableTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test("a line of the manual page is read field by field")
    func fields() throws {
        let line = "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 shared:7 - ext3 /dev/root rw,errors=continue\n"
        let entry = try #require(try MountTable(parsing: Array(line.utf8)).entries.first)
        #expect(entry.id == 36)
        #expect(entry.parentID == 35)
        #expect(entry.device == DeviceNumber(major: 98, minor: 0))
        #expect(entry.root == bytes("/mnt1"))
        #expect(entry.mountPoint == bytes("/mnt2"))
        #expect(entry.options == bytes("rw,noatime"))
        #expect(entry.propagation == [bytes("master:1"), bytes("shared:7")])
        #expect(entry.typeName == bytes("ext3"))
        #expect(entry.source == bytes("/dev/root"))
        #expect(entry.fileSystemOptions == bytes("rw,errors=continue"))
    }

    struct EscapeCase: Sendable {
        let field: String
        let place: [UInt8]
    }

    @Test(
        "octal escapes stand for single bytes",
        arguments: [
            EscapeCase(field: #"/a\040b"#, place: Array("/a b".utf8)),
            EscapeCase(field: #"/a\011\012\134\043"#, place: Array("/a\t\n\\#".utf8)),
            EscapeCase(field: #"/a\134040"#, place: Array(#"/a\040"#.utf8)),
            EscapeCase(field: #"/\377"#, place: [0x2F, 0xFF]),
            EscapeCase(field: #"/a\04"#, place: Array(#"/a\04"#.utf8)),
            EscapeCase(field: #"/a\"#, place: Array(#"/a\"#.utf8)),
            EscapeCase(field: #"/a\777"#, place: Array(#"/a\777"#.utf8)),
            EscapeCase(field: #"/a\+40"#, place: Array(#"/a\+40"#.utf8)),
        ]
    )
    func escapes(_ item: EscapeCase) throws {
        let table = try MountTable(parsing: bytes("1 2 0:3 / \(item.field) rw - tmpfs none rw\n"))
        #expect(table.entries.map(\.mountPoint) == [item.place])
    }

    @Test("the mount on top is the one that is seen")
    func covering() throws {
        let table = try MountTable(parsing: bytes("1 0 0:1 / /m rw - tmpfs a rw\n2 1 0:2 / /m rw - tmpfs b rw\n"))
        #expect(table.entry(at: bytes("/m"))?.id == 2)
        #expect(table.entry(at: bytes("/n")) == nil)
        #expect(try MountTable(parsing: [UInt8]()).entries.isEmpty)
    }

    @Test("an empty source or option field is kept")
    func emptyFields() throws {
        let table = try MountTable(parsing: bytes("1 0 0:1 / /m rw - tmpfs  rw\n"))
        #expect(table.entries.first?.source == [])
    }

    @Test(
        "a malformed line is named by its number",
        arguments: [
            "x", "1 0 0:1 / /m rw tmpfs a rw x", "1 0 01 / /m rw - tmpfs a rw", "a 0 0:1 / /m rw - tmpfs a rw",
            "1 0 0:-1 / /m rw - tmpfs a rw", "+1 0 0:1 / /m rw - tmpfs a rw", "1 0 0:1 / /m rw - tmpfs a",
            "1 0 0:1 / /m rw - tmpfs a rw more",
        ]
    )
    func malformed(_ line: String) {
        let good = "1 0 0:1 / /m rw - tmpfs a rw\n"
        #expect(throws: MountTableError.malformedLine(2)) { try MountTable(parsing: Array((good + line).utf8)) }
    }

    @Test("the mounts of this process are read")
    func current() throws {
        #expect(try MountTable.current().entry(at: bytes("/proc"))?.typeName == bytes("proc"))
    }
}
