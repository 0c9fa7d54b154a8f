import LayerModel
import LayerTestKit
import Testing

@testable import LayerSystem

@Suite("What the program itself put below a directory")
struct StoredFileTests {
    private let scratch: ScratchDirectory
    private let directory: Directory

    init() throws {
        scratch = try ScratchDirectory()
        directory = try Directory(path: scratch.path)
    }

    @Test("a file is read whole, up to the limit, and none is no failure", arguments: [0, 1, 4095, 4096, 4097, 70_000])
    func content(byteCount: Int) throws {
        let bytes = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try directory.createFile("f").write(bytes)
        #expect(try directory.readStoredFile("f", byteLimit: byteCount) == bytes)
        #expect(try directory.readStoredFile("g", byteLimit: 1) == nil)
        guard byteCount > 0 else { return }
        let error = #expect(throws: SystemError.self) { try directory.readStoredFile("f", byteLimit: byteCount - 1) }
        #expect(error?.isTooLong == true)
    }

    @Test("what is no file is refused, and nobody waits for it")
    func otherKinds() throws {
        try directory.makeDirectory("directory")
        try directory.makeNode("fifo", kind: .fifo)
        try directory.makeNode("socket", kind: .socket)
        for name in ["directory", "fifo", "socket"] {
            let error = #expect(throws: SystemError.self) { try directory.readStoredFile(name, byteLimit: 9) }
            #expect(error?.isNotRegularFile == true, "\(name): \(error?.description ?? "")")
            #expect(error?.subject == scratch.path + "/" + name)
        }
        try directory.createFile("file").write([1])
        try directory.makeSymbolicLink("link", target: "file")
        #expect(throws: SystemError.self) { try directory.readStoredFile("link", byteLimit: 9) }
    }

    @Test("a path is opened at once where no link is on the way, and a missing name is no failure")
    func descent() throws {
        try directory.openOrMakeDirectory("a").openOrMakeDirectory("b").makeDirectory("c")
        let found = try #require(try directory.openIfPresent(["a", "b", "c"]))
        #expect(try found.status().identity == directory.open("a").open("b").open("c").status().identity)
        #expect(found.label == scratch.path + "/a/b/c")
        #expect(try directory.openIfPresent([])?.label == directory.label)
        for missing in [["x"], ["x", "y"], ["a", "x"], ["a", "b", "x"], ["a", "x", "c"]] {
            #expect(try directory.openIfPresent(missing) == nil)
        }
    }

    @Test("a link and a name that leads elsewhere are refused on the way and at its end, by the name that it is")
    func refusedDescent() throws {
        try directory.openOrMakeDirectory("a").makeDirectory("b")
        try directory.makeSymbolicLink("link", target: "a")
        try directory.open("a").makeSymbolicLink("to-b", target: "b")
        try directory.createFile("file").write([1])
        for (path, subject) in [
            (["link", "b"], "/link"), (["a", "to-b"], "/a/to-b"), (["file", "b"], "/file"), (["a", ".."], "/a/.."),
            (["a", "."], "/a/."), (["a/b", "c"], "/a/b"), (["..", "a"], "/.."), (["a", ""], "/a/"),
        ] {
            let error = #expect(throws: SystemError.self) { try directory.openIfPresent(path) }
            #expect(error?.subject == scratch.path + subject)
        }
    }
}
