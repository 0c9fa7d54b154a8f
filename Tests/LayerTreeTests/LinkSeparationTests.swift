import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("Files that a read-write layer shares with another directory get copies of their own")
struct LinkSeparationTests {
    private static let names = ["a", "b", "c"]

    private let scratch: ScratchDirectory
    private let layer: Directory
    private let upper: Directory
    private let work: Directory

    /// One file of three names, which a layer has as well.
    init() throws {
        scratch = try ScratchDirectory()
        let root = try Directory(path: scratch.path)
        layer = try root.openOrMakeDirectory("layer")
        upper = try root.openOrMakeDirectory("upper")
        work = try root.openOrMakeDirectory("work")
        try layer.createFile("f").write(Array("content".utf8))
        for name in Self.names { try upper.makeHardLink(name, to: layer, "f") }
    }

    @Test("All names of a file get one copy")
    func separation() throws {
        try LinkSeparation.run(in: upper, work: work)
        try expectOneFile()
        #expect(try layer.status("f").linkCount == 1)
    }

    @Test(
        "Where it was cut off between two names, it goes on with the copy that is there",
        arguments: 0...3,
        [false, true]
    )
    func cutOff(placed: Int, leavesTemporary: Bool) throws {
        let copy = try beginCopy()
        for name in Self.names.prefix(placed) {
            try upper.unlink(name)
            try upper.makeHardLink(name, to: work, copy)
        }
        // As a kill leaves it before the rename.
        if leavesTemporary { try work.makeHardLink(".layerctl-0", to: work, copy) }
        let made = try work.status(copy).identity
        try LinkSeparation.run(in: upper, work: work)
        try expectOneFile()
        #expect(try upper.status("a").identity == made)
        #expect(try layer.status("f").linkCount == 1)
    }

    @Test("It goes on as well when the layer has gone since")
    func cutOffWithoutLayer() throws {
        let copy = try beginCopy()
        try layer.unlink("f")
        for name in Self.names.dropLast() {
            try upper.unlink(name)
            try upper.makeHardLink(name, to: work, copy)
        }
        try LinkSeparation.run(in: upper, work: work)
        try expectOneFile()
    }

    @Test("A copy whose number means another file is not put in its place, and that file gets its own")
    func foreignNumber() throws {
        let copy = try name(ofCopyOf: layer.status("f"))
        try work.createFile(copy).write(Array("something else".utf8))
        try LinkSeparation.run(in: upper, work: work)
        try expectOneFile()
        #expect(try layer.status("f").linkCount == 1)
    }

    @Test("A directory keeps its time, also where it was cut off before that was set again", arguments: [false, true])
    func directoryTime(isCutOff: Bool) throws {
        let time = Timestamp(seconds: 1_000_000, nanoseconds: 5)
        let directory = try upper.openOrMakeDirectory("d")
        try directory.makeHardLink("e", to: layer, "f")
        let inode = try directory.status().identity.inode
        try directory.setTimes(time)
        if isCutOff {
            let copy = try beginCopy()
            _ = try work.createFile(".time-\(inode)")
            try work.setTimes(".time-\(inode)", time)
            try directory.unlink("e")
            try directory.makeHardLink("e", to: work, copy)
        }
        try LinkSeparation.run(in: upper, work: work)
        #expect(try directory.status().modificationTime == time)
        #expect(try directory.status("e").identity == upper.status("a").identity)
        #expect(try work.list() == [])
        try expectOneFile()
    }

    /// A whole copy in the work directory, under the name that tells of which file it is.
    private func beginCopy() throws -> [UInt8] {
        let status = try layer.status("f")
        let copy = name(ofCopyOf: status)
        try work.createFile(copy).write(Array("content".utf8))
        try work.setTimes(copy, status.modificationTime)
        return copy
    }

    private func name(ofCopyOf status: FileStatus) -> [UInt8] {
        Array(".separated-\(status.identity.inode)".utf8)
    }

    /// All names are names of one file, with its content, and no copy is left.
    private func expectOneFile() throws {
        let files = try Set(Self.names.map { try upper.status($0).identity })
        #expect(files.count == 1)
        #expect(try files != [layer.statusIfPresent("f")?.identity])
        #expect(try upper.openFile("a").readAll(byteLimit: 100) == Array("content".utf8))
        #expect(try work.list().allSatisfy { !$0.starts(with: ".separated-".utf8) })
    }
}
