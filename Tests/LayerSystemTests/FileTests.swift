import Foundation
import LayerModel
import LayerTestKit
import Testing

@testable import LayerSystem

@Suite("Files")
struct FileTests {
    private let scratch: ScratchDirectory
    private let directory: Directory

    init() throws {
        scratch = try ScratchDirectory()
        directory = try Directory(path: scratch.path)
    }

    private func read(_ file: File, at offset: Int64 = 0, count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let filled = try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: offset) }
        return Array(bytes[..<filled])
    }

    @Test("opening a FIFO never waits, by path or by name")
    func fifo() throws {
        try directory.makeNode("pipe", kind: .fifo)
        let file = try File.openForReading(path: scratch.path + "/pipe")
        #expect(file.kind == .fifo)
        #expect(!file.isRegular)
        let error = #expect(throws: SystemError.self) { try directory.openFile("pipe") }
        #expect(error?.isNotRegularFile == true)
        #expect(error?.description.hasSuffix(": Not a regular file") == true)
    }

    @Test("a directory is no file to read")
    func directoryAsFile() throws {
        try directory.makeDirectory("d")
        for open in [
            { try File.openForReading(path: scratch.path + "/d") },
            { try directory.openFile("d") },
        ] {
            let error = #expect(throws: SystemError.self) { _ = try open() }
            #expect(error?.isNotRegularFile == true)
        }
    }

    @Test("by name a symbolic link is refused, by path it is followed")
    func links() throws {
        try directory.createFile("file").write([1, 2, 3])
        try directory.makeSymbolicLink("link", target: "file")
        let error = #expect(throws: SystemError.self) { try directory.openFile("link") }
        #expect(error?.isLinkRefused == true)
        #expect(try File.openForReading(path: scratch.path + "/link").byteCount() == 3)
    }

    @Test("a read at an offset stops at the end of the file only")
    func shortRead() throws {
        let file = try directory.createFile("file")
        try file.write(Array(0..<100))
        #expect(try read(file, at: 90, count: 20) == Array(90..<100))
        #expect(try read(file, at: 100, count: 20) == [])
        #expect(try read(file, at: 5000, count: 20) == [])
        #expect(try read(file, count: 100) == Array(0..<100))
    }

    @Test("a whole file is read up to a limit and not beyond", arguments: [0, 1, 4095, 4096, 4097, 100_000])
    func readAll(_ count: Int) throws {
        let content = [UInt8](repeating: 7, count: count)
        try directory.createFile("file").write(content)
        let file = try directory.openFile("file")
        #expect(try file.readAll(byteLimit: count) == content)
        if count > 0 { #expect(throws: SystemError.self) { try file.readAll(byteLimit: count - 1) } }
    }

    @Test("files of the kernel, which have no size, are read whole")
    func kernelFiles() throws {
        #expect(try !File.openForReading(path: "/proc/self/mountinfo").readAll(byteLimit: 1 << 20).isEmpty)
        #expect(HostFile.read("/proc/self/no-such-file") == nil)
    }

    @Test("a temporary file has no name, whichever way it is made")
    func temporary() throws {
        for file in [try File.temporary(in: directory), try File.namedTemporary(in: directory, label: "t")] {
            #expect(try directory.isEmpty())
            try file.write([1, 2, 3, 4])
            #expect(try read(file, at: 1, count: 2) == [2, 3])
            let status = try file.status()
            #expect(status.linkCount == 0)
            #expect(status.mode & 0o077 == 0)
        }
    }

    @Test("collected pieces stand in the file in order", arguments: [1, 7, 64, 100_000])
    func appender(_ bufferByteCount: Int) throws {
        let file = try File.temporary(in: directory)
        let appender = FileAppender(file, at: 10, bufferByteCount: bufferByteCount)
        var expected = [UInt8](repeating: 0, count: 10)
        for length in [1, 6, 0, 64, 65, 3, 1000] {
            let piece = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ length) }
            try appender.append(piece)
            expected += piece
            #expect(appender.offset == Int64(expected.count))
        }
        try appender.flush()
        #expect(try file.readAll(byteLimit: 1 << 20) == expected)
    }

    @Test("holes are found, and data behind them")
    func holes() throws {
        let file = try File.temporary(in: directory)
        let block = [UInt8](repeating: 1, count: 1 << 16)
        try block.withUnsafeBytes { try file.write($0, at: 1 << 20) }
        try file.setByteCount(4 << 20)
        #expect(try file.byteCount() == 4 << 20)
        #expect(try file.nextData(from: 0) == 1 << 20)
        #expect(try file.nextHole(from: 1 << 20) == (1 << 20) + (1 << 16))
        #expect(try file.nextData(from: 2 << 20) == nil)
    }

    @Test(
        "the content of a file is taken over, whatever its length",
        arguments: [0, 1, 4095, 4096, 4097, 128 << 10, 128 << 10 + 1, 1 << 20]
    )
    func contentCopy(byteCount: Int) throws {
        let (source, copy) = (try directory.createFile("a"), try directory.createFile("b"))
        let bytes = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
        try source.write(bytes)
        try copy.copyContent(of: source)
        #expect(try copy.readAll(byteLimit: 2 << 20) == bytes)
    }

    @Test("holes of a file that is taken over stay holes, at its end too")
    func sparseCopy() throws {
        let (source, copy) = (try File.temporary(in: directory), try File.temporary(in: directory))
        let block = [UInt8](repeating: 3, count: 1 << 16)
        try block.withUnsafeBytes { try source.write($0, at: 1 << 20) }
        try source.setByteCount(8 << 20)
        try copy.copyContent(of: source)
        #expect(try copy.byteCount() == 8 << 20)
        #expect(try copy.part(at: 1 << 20, byteCount: 1 << 16) == block)
        #expect(try copy.part(at: 4 << 20, byteCount: 9) == Array(repeating: 0, count: 9))
        #expect(try copy.status().allocatedByteCount < 1 << 20)
    }

    @Test("a full device is told apart from other failures")
    func fullDevice() throws {
        let full = FileDescriptor(rawValue: open("/dev/full", O_WRONLY))
        defer { try? full.close() }
        let error = #expect(throws: SystemError.self) { try [1].withUnsafeBytes { try full.writeAll($0) } }
        #expect(error?.isNoSpace == true)
    }

    @Test("a descriptor that is closed twice is reported")
    func closeTwice() throws {
        let descriptor = FileDescriptor(rawValue: dup(0))
        try descriptor.close()
        #expect(throws: SystemError.self) { try FileDescriptor(rawValue: -1).close() }
    }
}
