import Foundation
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerDriver

@Suite("Mounts that a process keeps", MountNeed.userNamespaces)
struct KeptMountTests {
    private typealias Process = OrdinaryProcess

    @Test func `Outside a process keeps the mount, and every process of the user reaches it`() async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            try Process.run(in: path) {
                let stack = try SampleStack(path, layerCount: 3, usesUserAttributes: true)
                let place = try Mounter.mount(stack.plan(.userns))
                let keeper = try Process.require(place.processID)
                try Process.check(place.isKept && KeeperProcess.isKeeper(keeper), "\(place)")
                try Process.check(try Directory(path: stack.merged).isEmpty(), "seen outside")
                try Process.fork {
                    let found = try Process.require(MountSearch().place(target: Array(stack.merged.utf8)))
                    try Process.check(found == place, "\(found)")
                    let byUpper = try MountSearch().place(target: [0x2F], upper: Array(stack.upper.utf8))
                    try Process.check(byUpper == place, "\(String(describing: byUpper))")
                    let seen = String(decoding: found.path, as: UTF8.self)
                    let faults = try stack.faults(seenAt: seen)
                    try Process.check(faults.isEmpty, "\(faults)")
                    try TestFile.write(Array("new".utf8), to: seen + "/new")
                    try TestFile.remove(seen + "/own-1")
                }
                try Process.check(try TestFile.list(stack.upper) == ["new", "own-1"], "upper")
                try Process.fork { try Mounter.unmount(place) }
                try Process.check(try MountSearch().place(target: Array(stack.merged.utf8)) == nil, "still mounted")
                try Process.check(!Process.isAlive(keeper), "keeper lives")
            }
        }
        withExtendedLifetime(scratch) {}
    }

    @Test func `A keeper holds nothing of the process that started it`() async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            try Process.run(in: path) {
                let stack = try SampleStack(path, layerCount: 1, usesUserAttributes: true)
                let directory = try Directory(path: path)
                let lock = try directory.lock(.exclusive)
                let place = try Mounter.mount(stack.plan(.userns))
                let keeper = try Process.require(place.processID)
                let open = try TestFile.list("/proc/\(keeper)/fd").map {
                    try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(keeper)/fd/\($0)")
                }
                // And, but for a moment, the mount table that it watches.
                let others = open.filter {
                    $0 != "/proc/\(keeper)/mountinfo" && $0 != "/proc/\(keeper)/task/\(keeper)/mountinfo"
                }
                try Process.check(others == ["/dev/null", "/dev/null", "/dev/null"], "\(open)")
                let place2 = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(keeper)/cwd")
                try Process.check(place2 == "/", place2)
                try Process.check(getsid(keeper) != getsid(0), "session")
                withExtendedLifetime(lock) {}
                try Mounter.unmount(place)
            }
        }
        withExtendedLifetime(scratch) {}
    }

    @Test func `A store tells whether a keeper works for it, as long as one does`() async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            try Process.run(in: path) {
                for name in ["store", "other"] { try Directory(path: path).makeDirectory(name) }
                let (store, other) = (try Directory(path: path + "/store"), try Directory(path: path + "/other"))
                let stack = try SampleStack(path, layerCount: 1, usesUserAttributes: true)
                for end in [SIGKILL, SIGTERM] {
                    try Process.check(!KeeperProcess.mayWork(for: store), "before")
                    let place = try Mounter.mount(stack.plan(.userns), of: store)
                    try Process.check(KeeperProcess.mayWork(for: store), "mounted")
                    // A question is not an answer to the next one.
                    try Process.check(KeeperProcess.mayWork(for: store), "asked")
                    try Process.check(!KeeperProcess.mayWork(for: other), "another store")
                    if end == SIGKILL {
                        kill(try Process.require(place.processID), end)
                    } else {
                        try Mounter.unmount(place)
                    }
                    for _ in 0..<500 where KeeperProcess.mayWork(for: store) { usleep(10_000) }
                }
                try Process.check(!KeeperProcess.mayWork(for: store), "after")
                for _ in 0..<500 where try MountSearch().place(target: Array(stack.merged.utf8)) != nil {
                    usleep(10_000)
                }
            }
        }
        withExtendedLifetime(scratch) {}
    }

    @Test func `A keeper that is killed leaves nothing that stands in the way`() async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            try Process.run(in: path) {
                try Directory(path: path).makeDirectory("container")
                let stack = try SampleStack(path + "/container", layerCount: 2, usesUserAttributes: true)
                let first = try Mounter.mount(stack.plan(.userns))
                try TestFile.write([], to: String(decoding: first.path, as: UTF8.self) + "/new")
                kill(try Process.require(first.processID), SIGKILL)
                for _ in 0..<500 where try MountSearch().places.contains(first) { usleep(10_000) }
                try Process.check(try MountSearch().place(target: Array(stack.merged.utf8)) == nil, "still mounted")
                // What was found before is gone, which is what was asked for.
                do { try Mounter.unmount(first) } catch let error as SystemError {
                    try Process.check(error.code == ESRCH, "\(error)")
                }
                let second = try Mounter.mount(stack.plan(.userns))
                let names = try TestFile.list(String(decoding: second.path, as: UTF8.self))
                try Process.check(names == ["common", "new", "own-0", "own-1"], "\(names)")
                try Mounter.unmount(second)
                try Directory(path: path).removeTree("container")
            }
        }
        withExtendedLifetime(scratch) {}
    }

    @Test func `A kept mount in use stays, unless it is to go`() async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            try Process.run(in: path) {
                let stack = try SampleStack(path, layerCount: 2, usesUserAttributes: true)
                let place = try Mounter.mount(stack.plan(.userns))
                let user = try Directory(path: place.path)
                do {
                    try Mounter.unmount(place)
                    throw Process.Failure(description: "unmounted in use")
                } catch let error as SystemError {
                    try Process.check(error.isBusy, "\(error)")
                }
                try Process.check(try MountSearch().place(target: Array(stack.merged.utf8)) == place, "gone")
                try Mounter.unmount(place, isLazy: true)
                try Process.check(try MountSearch().place(target: Array(stack.merged.utf8)) == nil, "still mounted")
                try Process.check(try !user.isEmpty(), "taken away under its user")
            }
        }
        withExtendedLifetime(scratch) {}
    }

    @Test func `What a keeper meets is told, and none is left`() async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            try Process.run(in: path) {
                let stack = try SampleStack(path, layerCount: 2, usesUserAttributes: true)
                try TestFile.remove(stack.merged)
                do {
                    _ = try Mounter.mount(stack.plan(.userns))
                    throw Process.Failure(description: "mounted")
                } catch let error as SystemError {
                    let expected = SystemError(call: "open", subject: stack.merged, code: ENOENT)
                    try Process.check(error == expected, "\(error)")
                }
            }
        }
        withExtendedLifetime(scratch) {}
    }

    @Test func `A process may join a keeper's namespaces, and is root there`() async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            try Process.run(in: path) {
                let stack = try SampleStack(path, layerCount: 2, usesUserAttributes: true)
                let place = try Mounter.mount(stack.plan(.userns))
                try Process.fork {
                    try UserNamespace.join(try Process.require(place.processID))
                    try Process.check(geteuid() == 0 && Host.mayMount, "not root")
                    let faults = try stack.faults(seenAt: stack.merged)
                    try Process.check(faults.isEmpty, "\(faults)")
                }
                try Mounter.unmount(place)
            }
        }
        withExtendedLifetime(scratch) {}
    }

    @Test(MountNeed.mounting, Need.tool("newuidmap"), Need.tool("newgidmap"), Need.tool("mount"))
    func `With ranges a kept mount takes files of all its users, and goes as any other`() async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            try Process.grantRanges(in: path)
            try Directory(path: path).makeDirectory("container")
            try Process.run(in: path + "/container", as: Process.nobody) {
                let stack = try SampleStack(path + "/container", layerCount: 2, usesUserAttributes: true)
                let place = try Mounter.mount(stack.plan(.userns))
                let seen = String(decoding: place.path, as: UTF8.self)
                try Process.check(try stack.faults(seenAt: seen).isEmpty, "faults")
                try Process.fork {
                    try UserNamespace.join(try Process.require(place.processID))
                    let merged = try Directory(path: stack.merged)
                    try merged.makeDirectory("x")
                    try merged.setOwner("x", uid: 33, gid: 33)
                    try merged.setOwner("own-0", uid: 1, gid: 1)
                }
                let (new, old) = try (Directory(path: stack.upper).status("x"), Directory(path: seen).status("own-0"))
                try Process.check(new.uid == 200_032 && old.uid == 200_000, "\(new.uid) \(old.uid)")
                try Mounter.unmount(place)
                try Process.check(try MountSearch().place(target: Array(stack.merged.utf8)) == nil, "still mounted")
                try Process.fork {
                    try UserNamespace.enter()
                    try Directory(path: path + "/container").removeTree("upper")
                }
            }
        }
        withExtendedLifetime(scratch) {}
    }

    @Test(MountNeed.mounting) func `Root finds a mount that is kept for root, and unmounts it`() async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            try Process.run(in: path, as: 0) {
                let stack = try SampleStack(path, layerCount: 2, usesUserAttributes: true)
                let place = try Mounter.mount(stack.plan(.userns))
                try Process.check(place.isKept, "\(place)")
                try Process.check(try MountSearch().place(target: Array(stack.merged.utf8)) == place, "not found")
                try Mounter.unmount(place)
                try Process.check(try MountSearch().place(target: Array(stack.merged.utf8)) == nil, "still mounted")
            }
        }
        withExtendedLifetime(scratch) {}
    }

    @Test func `A keeper ends when its mount is taken away by another hand`() async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            try Process.run(in: path) {
                let stack = try SampleStack(path, layerCount: 2, usesUserAttributes: true)
                let keeper = try Process.require(try Mounter.mount(stack.plan(.userns)).processID)
                try Process.fork {
                    try UserNamespace.join(keeper)
                    try Mount.unmount(stack.merged, isLazy: false)
                }
                for _ in 0..<500 where Process.isAlive(keeper) { usleep(10_000) }
                try Process.check(!Process.isAlive(keeper), "keeper lives")
            }
        }
        withExtendedLifetime(scratch) {}
    }

    @Test func `From within a namespace a keeper's mount is seen, and ended only by force`() async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            try Process.run(in: path) {
                let stack = try SampleStack(path, layerCount: 2, usesUserAttributes: true)
                let place = try Mounter.mount(stack.plan(.userns))
                try Process.fork {
                    try UserNamespace.enter(.singleID())
                    let found = try Process.require(MountSearch().place(target: Array(stack.merged.utf8)))
                    try Process.check(found == place, "\(found)")
                    do {
                        try Mounter.unmount(found)
                        throw Process.Failure(description: "unmounted")
                    } catch let error as DriverError {
                        let keeper = try Process.require(place.processID)
                        try Process.check(error == .mountedElsewhere(found.mountPoint, process: keeper), "\(error)")
                    }
                    try Mounter.unmount(found, isLazy: true)
                }
                try Process.check(try MountSearch().place(target: Array(stack.merged.utf8)) == nil, "still mounted")
            }
        }
        withExtendedLifetime(scratch) {}
    }
}
