import Foundation
import LayerSystem
import LayerTestKit
import Testing

@Suite("Locks")
struct LockTests {
    private let scratch: ScratchDirectory
    private let directory: Directory

    init() throws {
        scratch = try ScratchDirectory()
        directory = try Directory(path: scratch.path)
    }

    struct ConflictCase: Sendable {
        let held: LockMode
        let wanted: LockMode
        let isGranted: Bool
    }

    private static let conflicts = [
        ConflictCase(held: .shared, wanted: .shared, isGranted: true),
        ConflictCase(held: .shared, wanted: .exclusive, isGranted: false),
        ConflictCase(held: .exclusive, wanted: .shared, isGranted: false),
        ConflictCase(held: .exclusive, wanted: .exclusive, isGranted: false),
    ]

    @Test("two locks of a directory exclude each other unless both are shared", arguments: conflicts)
    func directoryLocks(_ item: ConflictCase) throws {
        let held = try directory.lock(item.held)
        let other = try Directory(path: scratch.path)
        #expect(try (directory.tryLock(item.wanted) != nil) == item.isGranted)
        #expect(try (other.tryLock(item.wanted) != nil) == item.isGranted)
        withExtendedLifetime(held) {}
    }

    @Test("a lock that is given back is free, also while a copy of its descriptor is somewhere")
    func copies() throws {
        let held = try directory.lock(file: "copied", .exclusive)
        let holders = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { name -> CInt? in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")
            return target == scratch.path + "/copied" ? CInt(name) : nil
        }
        let copies = holders.map { dup($0) }
        defer { for copy in copies { close(copy) } }
        #expect(copies.count == 1)
        withExtendedLifetime(held) {}
        _ = consume held
        #expect(try directory.tryLock(file: "copied", .exclusive) != nil)
    }

    @Test("two locks of a lock file exclude each other unless both are shared", arguments: conflicts)
    func fileLocks(_ item: ConflictCase) throws {
        let held = try directory.lock(file: "lock", item.held)
        #expect(try (directory.tryLock(file: "lock", item.wanted) != nil) == item.isGranted)
        #expect(try directory.tryLock(.exclusive) != nil, "the directory's own lock is another one")
        withExtendedLifetime(held) {}
        #expect(try directory.list() == [Array("lock".utf8)])
    }

    @Test("a lock that nobody refers to is free")
    func release() throws {
        do {
            let held = try directory.lock(.exclusive)
            withExtendedLifetime(held) {}
        }
        #expect(try directory.tryLock(.exclusive) != nil)
    }

    @Test("who waits gets the lock when it is free")
    func waiting() throws {
        let directory = directory
        var held: FileLock? = try directory.lock(file: "lock", .exclusive)
        #expect(held != nil)
        let waiter = LockWaiter(directory)
        held = nil
        try waiter.wait()
    }

    @Test("a lock file that is a link or a FIFO is refused and never waited on")
    func hostileLockFiles() throws {
        try directory.makeSymbolicLink("link", target: "elsewhere")
        #expect(throws: SystemError.self) { try directory.tryLock(file: "link", .exclusive) }
        #expect(try directory.statusIfPresent("elsewhere") == nil)
    }
}
