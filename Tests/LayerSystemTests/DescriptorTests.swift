import Foundation
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@Suite("Raw descriptors")
struct DescriptorTests {
    private let scratch: ScratchDirectory
    private let directory: Directory

    init() throws {
        scratch = try ScratchDirectory()
        directory = try Directory(path: scratch.path)
    }

    @Test("a file is written, given its attributes and closed")
    func file() throws {
        let file = try directory.descriptor.createFile("f", mode: 0o600)
        try Array("hello ".utf8).withUnsafeBytes { try file.writeAll($0) }
        try Array("world".utf8).withUnsafeBytes { try file.writeAll($0, at: 6) }
        try file.setByteCount(20)
        try file.setMode(0o4755)
        try file.setOwner(uid: geteuid(), gid: getegid())
        try file.setTimes(Timestamp(seconds: 5, nanoseconds: 6))
        let status = try file.status()
        try file.close()
        #expect(status.byteCount == 20)
        #expect(status.modificationTime == Timestamp(seconds: 5, nanoseconds: 6))
        #expect(try directory.status("f") == status)
        #expect(
            try directory.openFile("f").readAll(byteLimit: 20) == Array("hello world".utf8)
                + [UInt8](repeating: 0, count: 9)
        )
    }

    @Test("names are made and removed")
    func names() throws {
        let raw = directory.descriptor
        try raw.makeDirectory("d", mode: 0o700)
        let inner = try raw.openDirectory("d")
        try inner.makeSymbolicLink("s", target: "t")
        try raw.makeHardLink("h", to: inner, "s")
        try raw.makeNode("p", kind: .fifo, mode: 0o600, device: DeviceNumber(major: 0, minor: 0))
        #expect(try raw.status("h").linkCount == 2)
        try raw.setTimes("h", Timestamp(seconds: 9))
        #expect(try inner.status("s").modificationTime == Timestamp(seconds: 9))
        try raw.setMode("p", 0o604)
        #expect(try raw.status("p").mode == 0o604)
        try inner.unlink("s")
        try inner.close()
        try raw.removeDirectory("d")
        try raw.unlink("h")
        try raw.unlink("p")
        #expect(try directory.isEmpty())
        let error = #expect(throws: SystemError.self) { try raw.unlink("a\nb") }
        #expect(error?.description == "unlink \"a\\nb\": No such file or directory")
    }

    @Test("a write that a signal cuts short is finished")
    func interruptedWrite() throws {
        var ends: [CInt] = [0, 0]
        #expect(pipe(&ends) == 0)
        let (readEnd, writeEnd) = (FileDescriptor(rawValue: ends[0]), FileDescriptor(rawValue: ends[1]))
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in }
        sigaction(SIGUSR2, &action, nil)
        let content = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 ^ $0 >> 8) }
        let writer = WriterThread(content, to: writeEnd)
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            // Each signal ends a write that waits for room, and each read makes room for a part of the next.
            if received.count < content.count - 200_000 { writer.interrupt() }
            let count = try buffer.withUnsafeMutableBytes { try readEnd.read(into: $0) }
            if count == 0 { break }
            received += buffer[..<count]
        }
        #expect(try writer.result() == nil)
        #expect(received == content)
        try readEnd.close()
    }
}

/// A thread that writes to a pipe, closes it, and can be sent signals meanwhile.
///
/// Sendable without the compiler's proof: the fields are set before the thread starts, or under the condition.
private final class WriterThread: @unchecked Sendable {
    private let condition = NSCondition()
    private var handle: pthread_t?
    private var error: (any Error)?
    private var isDone = false

    init(_ content: [UInt8], to pipe: FileDescriptor) {
        Thread.detachNewThread { [self] in
            condition.withLock {
                handle = pthread_self()
                condition.broadcast()
            }
            let result = Result { try content.withUnsafeBytes { try pipe.writeAll($0) } }
            condition.withLock {
                if case .failure(let failure) = result { error = failure }
                isDone = true
                condition.broadcast()
            }
            try? pipe.close()
        }
        condition.withLock { while handle == nil { condition.wait() } }
    }

    func interrupt() {
        condition.withLock {
            guard let handle, !isDone else { return }
            pthread_kill(handle, SIGUSR2)
        }
    }

    func result() throws -> (any Error)? {
        condition.withLock {
            while !isDone { condition.wait() }
            return error
        }
    }
}
