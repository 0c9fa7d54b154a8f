import LayerArchive
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("The tar of a container's changes") struct ChangeTarTests {
    private let scratch: ScratchDirectory
    private let upper: Directory

    init() throws {
        scratch = try ScratchDirectory()
        upper = try Directory(path: scratch.path)
    }

    private var form: UpperForm {
        UpperForm(namespaces: .user, ownUserID: 0, ownGroupID: 0, hasExactOwners: true)
    }

    private func lowers(_ lines: [String]) throws -> (stack: UnpackedStack, lowers: LowerStack) {
        let stack = try UnpackedStack([TarBuilder.tar(try LayerSketch.layer(lines))])
        return (
            stack,
            LowerStack(stack.lowers.map { StackedLayer(index: $0.index, tree: $0.tree, isExact: true) })
        )
    }

    private func tar(_ lowers: LowerStack, latestTime: Timestamp? = nil, format: TreeFormat = .tar) throws -> [UInt8] {
        let set = ChangeWalk.changes(in: upper, over: lowers, form: form)
        let files = ChangedFiles(upper: upper, lowers: lowers)
        return try UnpackedStack.bytes(of: ChangeTar(set.changes, files, latestTime: latestTime, format: format))
    }

    private func entries(_ tar: [UInt8]) throws -> [String] {
        let reader = TarReader(BytesSource(tar), limits: .standard, rawSink: nil)
        var entries: [String] = []
        while try reader.next() {
            let link = reader.kind == .hardLink ? " => " + String(decoding: reader.linkName, as: UTF8.self) : ""
            entries.append(String(decoding: reader.name, as: UTF8.self) + link)
        }
        return entries
    }

    @Test("L-67, L-84: whiteouts before their siblings, names in order, the first name of a file before its links")
    func order() throws {
        let (stack, lowers) = try lowers(["d/", "d/z=1", "a=1"])
        defer { withExtendedLifetime(stack) {} }
        try upper.makeDirectory("d")
        let directory = try upper.open("d")
        try directory.makeWhiteout("z")
        try directory.createFile("b").write([1])
        try directory.makeHardLink("c", to: directory, "b")
        try upper.makeHardLink("e", to: directory, "b")
        try upper.makeWhiteout("a")
        #expect(try entries(tar(lowers)) == [".wh.a", "d/", "d/.wh.z", "d/b", "d/c => d/b", "e => d/b"])
    }

    @Test("L-68: a name that begins with .wh. is refused, and every such name is told")
    func markerNames() throws {
        let (stack, lowers) = try lowers([])
        defer { withExtendedLifetime(stack) {} }
        for name in [".wh.a", ".wh."] { _ = try upper.createFile(name) }
        #expect {
            _ = try tar(lowers)
        } throws: { error in
            guard case .unreadable(let problems)? = error as? TreeError else { return false }
            return problems.map { String(describing: $0.path) } == ["/.wh.", "/.wh.a"]
        }
    }

    @Test("Sockets are left out, and hide what they replace")
    func sockets() throws {
        let (stack, lowers) = try lowers(["f=1"])
        defer { withExtendedLifetime(stack) {} }
        for name in ["f", "s"] {
            try upper.makeNode(name, kind: .socket, mode: 0o644, device: DeviceNumber(major: 0, minor: 0))
        }
        #expect(try entries(tar(lowers)) == [".wh.f"])
    }

    @Test("No entry is newer than the latest time; whiteouts have none")
    func latestTime() throws {
        let (stack, lowers) = try lowers(["x=1"])
        defer { withExtendedLifetime(stack) {} }
        _ = try upper.createFile("new")
        _ = try upper.createFile("old")
        try upper.makeWhiteout("x")
        try upper.setTimes("new", Timestamp(seconds: 2000, nanoseconds: 5))
        try upper.setTimes("old", Timestamp(seconds: 500))
        let reader = TarReader(
            BytesSource(try tar(lowers, latestTime: Timestamp(seconds: 1000))),
            limits: .standard,
            rawSink: nil
        )
        var times: [Int64] = []
        while try reader.next() { times.append(reader.modificationTime.seconds) }
        #expect(times == [0, 1000, 500])
    }

    @Test("Files that cannot be read are all told, and nothing comes of the layer", Need.ordinaryUser)
    func unreadable() throws {
        let (stack, lowers) = try lowers([])
        defer { withExtendedLifetime(stack) {} }
        for name in ["a", "b", "c"] { try upper.createFile(name).write([1]) }
        for name in ["a", "c"] { try upper.setMode(name, 0) }
        #expect {
            _ = try tar(lowers)
        } throws: { error in
            guard case .unreadable(let problems)? = error as? TreeError else { return false }
            return problems.map { String(describing: $0.path) } == ["/a", "/c"]
        }
    }

    @Test("In a cpio the last name of a file brings the content", Need.tool("cpio"))
    func cpio() throws {
        let (stack, lowers) = try lowers([])
        defer { withExtendedLifetime(stack) {} }
        try upper.createFile("a").write(Array("text".utf8))
        try upper.makeHardLink("b", to: upper, "a")
        try upper.createFile("c").write([1])
        let target = try ScratchDirectory()
        let archive = target.path + ".cpio"
        try TestFile.write(tar(lowers, format: .cpio), to: archive)
        defer { try? TestFile.remove(archive) }  // reason: what is left in the temporary directory fails no test
        let program = try #require(Need.find("cpio"))
        let words = ["-id", "--quiet", "-D", target.path, "-F", archive].map { Array($0.utf8) }
        #expect(try ChildProcess.run(program, words).status == 0)
        let tree = try Directory(path: target.path)
        #expect(try tree.status("a").identity == tree.status("b").identity)
        #expect(try tree.openFile("a").readAll(byteLimit: 10) == Array("text".utf8))
        #expect(try tree.status("c").byteCount == 1)
    }
}
