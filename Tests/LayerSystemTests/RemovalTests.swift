import Foundation
import LayerModel
import LayerTestKit
import Testing

@testable import LayerSystem

@Suite("Removal of trees")
struct RemovalTests {
    private let scratch: ScratchDirectory
    private let directory: Directory

    init() throws {
        scratch = try ScratchDirectory()
        directory = try Directory(path: scratch.path)
        try directory.setOwner(
            uid: OwnThread.ordinaryUserID,
            gid: OwnThread.ordinaryUserID == geteuid() ? getegid() : 65534
        )
    }

    /// Makes directories in each other, with a file in each, and gives them a mode from the innermost out.
    private static func makeChain(in directory: Directory, depth: Int, mode: UInt16) throws {
        try directory.makeDirectory("tree")
        var chain = [try directory.open("tree")]
        for _ in 1..<depth {
            let parent = chain[chain.count - 1]
            try parent.makeDirectory("d")
            _ = try parent.createFile("f")
            let child = try parent.open("d")
            // Only the last few are kept open: the test must not need more descriptors than the removal may.
            if mode == 0o700 { chain = [child] } else { chain.append(child) }
        }
        for link in chain.reversed() where mode != 0o700 { try link.setMode(mode) }
    }

    @Test("a tree 2,500 directories deep goes, with few descriptors")
    func deepTree() throws {
        try Self.makeChain(in: directory, depth: 2500, mode: 0o700)
        try directory.removeTree("tree")
        #expect(try directory.isEmpty())
    }

    @Test(
        "an ordinary user removes his directories whatever their mode",
        arguments: [0, 0o100, 0o300, 0o400, 0o500, 0o555] as [UInt16]
    )
    func forbiddenModes(_ mode: UInt16) throws {
        let directory = directory
        try OwnThread.runAsOrdinaryUser {
            try Self.makeChain(in: directory, depth: 100, mode: mode)
            try directory.removeTree("tree")
        }
        #expect(try directory.isEmpty())
    }

    @Test("an ordinary user removes a deep tree of closed directories")
    func deepForbidden() throws {
        let directory = directory
        try OwnThread.runAsOrdinaryUser {
            try Self.makeChain(in: directory, depth: 700, mode: 0)
            try directory.removeTree("tree")
        }
        #expect(try directory.isEmpty())
    }

    @Test("links are removed and what they lead to stays")
    func links() throws {
        try directory.makeDirectory("outside")
        let outside = try directory.open("outside")
        _ = try outside.createFile("keep")
        try directory.makeDirectory("tree")
        let tree = try directory.open("tree")
        try tree.makeSymbolicLink("to-directory", target: "../outside")
        try tree.makeSymbolicLink("to-file", target: scratch.path + "/outside/keep")
        try tree.makeHardLink("same", to: outside, "keep")
        try directory.removeTree("tree")
        #expect(try directory.list() == [Array("outside".utf8)])
        #expect(try outside.status("keep").linkCount == 1)
        try directory.makeSymbolicLink("link", target: "outside")
        try directory.removeTree("link")
        #expect(try outside.list() == [Array("keep".utf8)])
    }

    @Test("every kind of thing goes, and thousands in one directory")
    func kinds() throws {
        try directory.makeDirectory("tree")
        let tree = try directory.open("tree")
        try tree.makeNode("fifo", kind: .fifo)
        try tree.makeNode("socket", kind: .socket)
        try tree.makeWhiteout("whiteout")
        _ = try tree.createFile([0xFF, 0x0A])
        for number in 0..<3000 { try tree.makeDirectory("d\(number)") }
        for number in 0..<3000 { try tree.makeSymbolicLink("s\(number)", target: "x") }
        try directory.removeTree("tree")
        #expect(try directory.isEmpty())
        _ = try directory.createFile("file")
        try directory.removeTree("file")
        #expect(try directory.isEmpty())
    }

    @Test("what is not there is reported")
    func absent() throws {
        let error = #expect(throws: SystemError.self) { try directory.removeTree("tree") }
        #expect(error?.isNotFound == true)
    }

    @Test("a failure names the place", Need.root)
    func failure() throws {
        try directory.makeDirectory("tree", mode: 0o755)
        let tree = try directory.open("tree")
        try tree.makeDirectory("d", mode: 0o755)
        _ = try tree.open("d").createFile("f")
        let directory = directory
        // Belongs to root, in a directory of root's: the ordinary user may not.
        let error = try OwnThread.runAsOrdinaryUser { () -> SystemError? in
            do throws(SystemError) {
                try directory.removeTree("tree")
                return nil
            } catch {
                return error
            }
        }
        #expect(error?.description == "unlink \"\(scratch.path)/tree/d/f\": Permission denied")
    }

    @Test("a mount in the tree is not entered", SystemNeed.mounting)
    func mounts() throws {
        try directory.makeDirectory("tree")
        let tree = try directory.open("tree")
        try tree.makeDirectory("mount")
        let (directory, place) = (directory, scratch.path + "/tree/mount")
        let error = try OwnThread.runInMountNamespace { () -> SystemError? in
            guard mount("none", place, "tmpfs", 0, nil) == 0 else { throw POSIXError(.EPERM) }
            defer { umount2(place, 0) }
            // Opened in this namespace: below the descriptor of another one there is no mount.
            let inside = try Directory(path: directory.label)
            _ = try Directory(path: place).createFile("keep")
            defer { #expect((try? Directory(path: place).list()) == [Array("keep".utf8)]) }
            do throws(SystemError) {
                try inside.removeTree("tree")
                return nil
            } catch {
                return error
            }
        }
        #expect(error?.isCrossDevice == true)
        try directory.removeTree("tree")
    }

    @Test("two that remove the same tree do not disturb each other")
    func concurrentRemoval() throws {
        for _ in 0..<5 {
            try directory.makeDirectory("tree")
            let tree = try directory.open("tree")
            for number in 0..<40 {
                try tree.makeDirectory("d\(number)")
                let child = try tree.open("d\(number)")
                for file in 0..<20 { _ = try child.createFile("f\(file)") }
            }
            let directory = directory
            try WorkerPool.run(workers: 3, jobs: 3) { _ in
                do {
                    try directory.removeTree("tree")
                } catch let error as SystemError where error.isNotFound {}
            }
            #expect(try directory.isEmpty())
        }
    }
}
