import LayerModel
import LayerTestKit
import Testing

@testable import LayerSystem

@Suite("Directories")
struct DirectoryTests {
    private let scratch: ScratchDirectory
    private let directory: Directory

    init() throws {
        scratch = try ScratchDirectory()
        directory = try Directory(path: scratch.path)
    }

    @Test("names come back byte for byte, in the order of their bytes")
    func names() throws {
        let names: [[UInt8]] = [
            [0x01], [0x61], [0x61, 0xCC, 0x81], [0xC3, 0xA1], [0xFE], [0xFF], Array(repeating: 0x78, count: 255),
        ]
        for name in names.shuffled() { _ = try directory.createFile(name) }
        #expect(try directory.list() == names.sorted { $0.lexicographicallyPrecedes($1) })
        let error = #expect(throws: SystemError.self) {
            try directory.createFile([UInt8](repeating: 0x78, count: 256))
        }
        #expect(error?.reason == "File name too long")
    }

    @Test("a directory of many names is read whole")
    func manyNames() throws {
        for number in 0..<5000 { try directory.makeSymbolicLink("name-\(number)", target: "x") }
        #expect(Set(try directory.list()).count == 5000)
    }

    @Test("reading tells kinds and numbers")
    func reader() throws {
        try directory.makeDirectory("d")
        try directory.makeNode("p", kind: .fifo)
        try directory.makeSymbolicLink("s", target: "t")
        let reader = try directory.reader()
        var found: [[UInt8]: EntryKind] = [:]
        while try reader.next() {
            let name = Array(reader.name)
            found[name] = reader.kind
            #expect(try directory.status(name).identity.inode == reader.inode)
        }
        #expect(found == [Array("d".utf8): .directory, Array("p".utf8): .fifo, Array("s".utf8): .symbolicLink])
        #expect(try !reader.next())
    }

    @Test("a file is made once")
    func exclusiveCreation() throws {
        _ = try directory.createFile("file")
        try directory.makeSymbolicLink("dangling", target: "nowhere")
        for name in ["file", "dangling"] {
            let error = #expect(throws: SystemError.self) { try directory.createFile(name) }
            #expect(error?.isAlreadyThere == true)
        }
        #expect(try directory.statusIfPresent("nowhere") == nil)
    }

    @Test("a directory is opened only if it is one, and not through a link")
    func openingDirectories() throws {
        try directory.makeDirectory("d")
        try directory.makeSymbolicLink("l", target: "d")
        _ = try directory.createFile("f")
        #expect(try directory.open("d").isEmpty())
        for name in ["l", "f"] {
            let error = #expect(throws: SystemError.self) { try directory.open(name) }
            #expect(error?.isNotDirectory == true)
        }
        let first = try directory.openOrMakeDirectory("new", mode: 0o750).status()
        #expect(first.identity == (try directory.openOrMakeDirectory("new").status().identity))
        #expect(first.mode == 0o750)
    }

    @Test("a link to a symbolic link is one more name of the link itself")
    func hardLinkToSymbolicLink() throws {
        try directory.makeSymbolicLink("s", target: "/nowhere")
        try directory.makeHardLink("h", to: directory, "s")
        #expect(try directory.status("h").identity == directory.status("s").identity)
        #expect(try directory.status("h").kind == .symbolicLink)
        #expect(try directory.readLink("h") == Array("/nowhere".utf8))
        #expect(throws: SystemError.self) { try directory.readLink("absent") }
    }

    @Test("a rename that must not replace leaves both names alone")
    func renameWithoutReplacing() throws {
        try directory.createFile("a").write([1])
        try directory.createFile("b").write([2, 2])
        let error = #expect(throws: SystemError.self) {
            try directory.rename("a", to: directory, as: "b", replacing: false)
        }
        #expect(error?.isAlreadyThere == true)
        #expect(try directory.status("a").byteCount == 1)
        try directory.exchange("a", with: directory, "b")
        #expect(try directory.status("a").byteCount == 2)
        try directory.rename("a", to: directory, as: "b", replacing: true)
        #expect(try directory.list() == [Array("b".utf8)])
        try directory.makeDirectory("d")
        try directory.rename("b", to: directory.open("d"), as: "c", replacing: false)
        #expect(try directory.open("d").status("c").byteCount == 2)
    }

    @Test("times are kept to the nanosecond, of a link its own")
    func times() throws {
        _ = try directory.createFile("f")
        try directory.makeSymbolicLink("l", target: "f")
        let (early, late) = (
            Timestamp(seconds: -7, nanoseconds: 1), Timestamp(seconds: 1 << 32, nanoseconds: 999_999_999)
        )
        try directory.setTimes("l", early)
        try directory.setTimes("f", late)
        #expect(try directory.status("l").modificationTime == early)
        #expect(try directory.status("f").modificationTime == late)
        try directory.setTimes(early)
        #expect(try directory.status().modificationTime == early)
    }

    @Test("all twelve mode bits are set, and a link's are not to be had")
    func modes() throws {
        _ = try directory.createFile("f")
        try directory.makeSymbolicLink("l", target: "f")
        for mode: UInt16 in [0, 0o644, 0o4755, 0o6711, 0o7777] {
            try directory.setMode("f", mode)
            #expect(try directory.status("f").mode == mode)
        }
        #expect(throws: SystemError.self) { try directory.setMode("l", 0o600) }
        #expect(try directory.status("f").mode == 0o7777)
        try directory.setMode(0o711)
        #expect(try directory.status().mode == 0o711)
    }

    @Test("owners are set, of a link its own", Need.root)
    func owners() throws {
        _ = try directory.createFile("f")
        try directory.makeSymbolicLink("l", target: "f")
        try directory.setOwner("l", uid: 4_294_967_294, gid: 70_000)
        let (link, file) = (try directory.status("l"), try directory.status("f"))
        #expect((link.uid, link.gid) == (4_294_967_294, 70_000))
        #expect((file.uid, file.gid) == (0, 0))
    }

    @Test("device nodes keep their numbers", Need.root)
    func devices() throws {
        let device = DeviceNumber(major: 4095, minor: 1_048_575)
        for kind in [EntryKind.characterDevice, .blockDevice] {
            try directory.makeNode("n\(kind.rawValue)", kind: kind, mode: 0o640, device: device)
            let status = try directory.status("n\(kind.rawValue)")
            #expect(status.kind == kind)
            #expect(status.nodeDevice == device)
            #expect(!status.isWhiteout)
        }
        #expect(throws: SystemError.self) { try directory.makeNode("x", kind: .directory) }
    }

    @Test("an ordinary user can make a whiteout")
    func whiteout() throws {
        try directory.setMode(0o777)
        let directory = directory
        try OwnThread.runAsOrdinaryUser { try directory.makeWhiteout("gone") }
        #expect(try directory.status("gone").isWhiteout)
    }

    @Test("a file system tells its type and its room")
    func facts() throws {
        let facts = try directory.fileSystemFacts()
        #expect(facts.byteCount > 0)
        #expect(facts.availableByteCount <= facts.byteCount)
        #expect(FileSystemFacts.name(ofType: 0x0102_1994) == "tmpfs")
        #expect(FileSystemFacts.name(ofType: 0x1234) == "0x1234")
        #expect(try Directory(path: "/proc").fileSystemFacts().typeName == "proc")
        try directory.synchronize()
        try directory.synchronizeFileSystem()
    }
}
