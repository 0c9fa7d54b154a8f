import Foundation
import LayerSystem
import Testing

/// A process of one thread and an ordinary user, as the program is when a user starts it.
///
/// Made inside of an exit test, whose process does nothing else: a fork finds no other thread at work there.
package enum OrdinaryProcess {
    /// A user that the host knows nothing of, or the one that runs the tests.
    package static let nameless: UInt32 = geteuid() == 0 ? 12345 : geteuid()
    /// A user with a name and without a home.
    package static let nobody: UInt32 = 65534
    /// That one, or the one that runs the tests.
    package static let nobodyOrOwn: UInt32 = geteuid() == 0 ? nobody : geteuid()

    /// What is not as it should be.
    package struct Failure: Error, CustomStringConvertible {
        /// What happened.
        package let description: String

        /// Takes what happened.
        package init(description: String) {
            self.description = description
        }
    }

    /// Says what is not as it should be.
    package static func check(_ condition: Bool, _ text: @autoclosure () -> String, line: Int = #line) throws {
        if !condition { throw Failure(description: "line \(line): \(text())") }
    }

    /// Gives what is there.
    package static func require<Value>(
        _ value: Value?,
        _ text: String = "nothing there",
        line: Int = #line
    ) throws -> Value {
        guard let value else { throw Failure(description: "line \(line): \(text)") }
        return value
    }

    /// Runs a body in such a process.
    ///
    /// - Parameters:
    ///   - path: A directory, which is given to the user.
    ///   - uid: The user, when root runs the tests.
    ///   - body: What it does; what it throws is recorded as an issue: what an exit test throws is only known to have been thrown.
    /// - Throws: What giving the directory to the user meets.
    package static func run(in path: String, as uid: UInt32 = nameless, _ body: @escaping () throws -> Void) throws {
        if geteuid() == 0 {
            try Directory(path: path).setOwner(uid: uid, gid: uid)
            try TestFile.setMode(0o755, of: path)
        }
        defer {
            endKeepers(below: path)
            // What overlayfs leaves is closed to its owner, and rm(1) does not open it.
            if geteuid() != 0 { removeAll(in: path) }
        }
        do {
            try fork {
                if geteuid() == 0 { try become(uid) }
                try body()
            }
        } catch {
            Issue.record("\(error)")
        }
    }

    /// Runs a body in a child; what it throws is thrown here.
    package static func fork(_ body: @escaping () throws -> Void) throws {
        let (reader, writer) = try File.pipe()
        let child = try ChildProcess.fork {
            do {
                try body()
                return 0
            } catch {
                try? writer.write(Array("\(error)".utf8))
                return 1
            }
        }
        let status = try child.wait()
        guard status != 0 else { return }
        let text = status == 1 ? String(decoding: try reader.readPart(byteCount: 4096), as: UTF8.self) : ""
        throw Failure(description: "status \(status): \(text)")
    }

    /// Binds this thread to one processor, so that what asks for their number starts no further threads.
    ///
    /// In a process that was forked two threads must not want one global for the first time at once: each waits for the other then.
    package static func useOneProcessor() throws {
        typealias Call = @convention(c) (CInt, Int, UnsafeMutableRawPointer?) -> CInt
        let get = unsafeBitCast(try require(dlsym(nil, "sched_getaffinity")), to: Call.self)
        let set = unsafeBitCast(try require(dlsym(nil, "sched_setaffinity")), to: Call.self)
        var processors = [UInt8](repeating: 0, count: 1024)
        try check(get(0, processors.count, &processors) == 0, "sched_getaffinity")
        let usable = (0..<processors.count * 8).filter { processors[$0 / 8] & 1 << ($0 % 8) != 0 }
        // Another one for the next process: several may be at work at once.
        let chosen = try require(usable.isEmpty ? nil : usable[Int(getpid()) % usable.count])
        processors = processors.indices.map { $0 == chosen / 8 ? 1 << (chosen % 8) : 0 }
        try check(set(0, processors.count, &processors) == 0, "sched_setaffinity")
    }

    /// Gives `nobody` numbers of users and groups, for this process and its children alone: in a mount namespace of their own.
    ///
    /// - Parameter path: A directory that others may read.
    /// - Throws: What mounting meets.
    package static func grantRanges(in path: String) throws {
        try MountNamespace.enter()
        try TestFile.write(Array("nobody:200000:1000\n65534:400000:10\n".utf8), to: path + "/ranges")
        try TestFile.setMode(0o644, of: path + "/ranges")
        for file in ["/etc/subuid", "/etc/subgid"] { try bind(path + "/ranges", on: file) }
    }

    /// Shows a file in another's place.
    package static func bind(_ path: String, on place: String) throws {
        let words = ["--bind", path, place].map { Array($0.utf8) }
        let outcome = try ChildProcess.run(try require(Need.find("mount")), words)
        try check(outcome.status == 0, outcome.text)
    }

    /// Whether a process runs: one that has ended may still wait for init to take notice.
    package static func isAlive(_ process: Int32) -> Bool {
        let status = HostFile.read("/proc/\(process)/status").map { ProcessStatus($0).field("State") ?? "" }
        return status.map { !$0.hasPrefix("Z") } ?? false
    }

    /// Gives all rights up; the process stays one that its user may look into, as after an exec.
    private static func become(_ uid: UInt32) throws {
        typealias Control = @convention(c) (CInt, UInt, UInt, UInt, UInt) -> CInt
        let control = unsafeBitCast(try require(dlsym(nil, "prctl")), to: Control.self)
        let setDumpable: CInt = 4
        guard setgroups(0, nil) == 0, setgid(uid) == 0, setuid(uid) == 0, control(setDumpable, 1, 0, 0, 0) == 0 else {
            throw Failure(description: "cannot become \(uid)")
        }
    }

    private static func removeAll(in path: String) {
        for name in (try? TestFile.list(path)) ?? [] { try? Directory(path: path).removeTree(name) }
    }

    /// Ends what a failed test left.
    private static func endKeepers(below path: String) {
        for name in (try? TestFile.list("/proc")) ?? [] {
            guard let number = Int32(name), KeeperProcess.isKeeper(number),
                let table = HostFile.read("/proc/\(number)/mountinfo"),
                String(decoding: table, as: UTF8.self).contains(path)
            else { continue }
            try? ProcessHandle(number).end()
        }
    }
}
