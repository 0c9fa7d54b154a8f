import Foundation
import LayerTestKit
import Testing

@testable import LayerDriver
@testable import LayerSystem

@Suite("A user namespace", MountNeed.userNamespaces)
struct UserNamespaceTests {
    private typealias Process = OrdinaryProcess

    @Test func `A user without ranges is root there, and nobody else is`() async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            try Process.run(in: path) {
                let outside = geteuid()
                try Process.check(UserNamespace.entered == nil, "entered before")
                try UserNamespace.enter(.singleID())
                try Process.check(geteuid() == 0 && getegid() == 0, "not root")
                try Process.check(UserNamespace.entered == .singleID, "\(String(describing: UserNamespace.entered))")
                try Process.check(Host.mayMount && !UserNamespace.isInitial, "may not mount")
                let map = HostFile.readLine("/proc/self/uid_map")
                try Process.check(map == "0 \(outside) 1", "\(map ?? "")")
                try Process.check(Host.environment("LAYERCTL_NAMESPACE") == "single-id", "variable")
                let directory = try Directory(path: path)
                try directory.makeDirectory("x")
                #expect(throws: SystemError.self) { try directory.setOwner("x", uid: 1, gid: 1) }
                try Process.check(directory.status("x").uid == 0, "owner")
            }
        }
        withExtendedLifetime(scratch) {}
    }

    @Test(MountNeed.mounting, Need.tool("newuidmap"), Need.tool("newgidmap"), Need.tool("mount"))
    func `A user with ranges is root there, and has their numbers from 1 on`() async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            try Process.grantRanges(in: path)
            try Process.run(in: path, as: Process.nobody) {
                let mapping = NamespaceMapping.available()
                try Process.check(mapping.kind == .ranges, mapping.description)
                try UserNamespace.enter(mapping)
                try Process.check(UserNamespace.entered == .ranges && geteuid() == 0, "not entered")
                let map = HostFile.readLine("/proc/self/gid_map")
                try Process.check(map == "0 65534 1 1 200000 1000 1001 400000 10", "\(map ?? "")")
                let directory = try Directory(path: path)
                try directory.makeDirectory("x")
                try directory.setOwner("x", uid: 1, gid: 1010)
            }
            let status = try Directory(path: path).status("x")
            try Process.check(status.uid == 200_000 && status.gid == 400_009, "\(status.uid) \(status.gid)")
        }
        withExtendedLifetime(scratch) {}
    }

    @Test func `Ranges that the host does not grant are refused with what the program says`() async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            try TestFile.write(Array("#!/bin/sh\necho no such range >&2\nexit 1\n".utf8), to: path + "/newuidmap")
            try TestFile.setMode(0o755, of: path + "/newuidmap")
            try Process.run(in: path) {
                let mapping = NamespaceMapping.ranges(program: path + "/newuidmap")
                do throws(SystemError) {
                    try UserNamespace.enter(mapping)
                } catch {
                    try Process.check(error.description.contains("newuidmap: no such range"), error.description)
                    return
                }
                throw Process.Failure(description: "entered")
            }
        }
        withExtendedLifetime(scratch) {}
    }

    @Test func `The variable alone does not make a namespace ours`() async {
        await #expect(processExitsWith: .success) {
            setenv("LAYERCTL_NAMESPACE", "single-id", 1)
            try Process.check(!UserNamespace.isInitial || UserNamespace.entered == nil, "taken for ours")
        }
    }

    @Test func `A process with several threads is told that it cannot enter one`() async {
        await #expect(processExitsWith: .success) {
            let semaphore = DispatchSemaphore(value: 0)
            Thread.detachNewThread { semaphore.wait() }
            do throws(SystemError) {
                try UserNamespace.enter(.singleID())
            } catch {
                try Process.check(error.call == "unshare" && error.code == EINVAL, error.description)
                return
            }
            throw Process.Failure(description: "entered")
        }
    }

    @Test func `The driver there is the overlay of a user, in place`() async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            try Process.run(in: path) {
                try UserNamespace.enter(.singleID())
                let choice = try DriverProbe.choose(requested: .automatic, storeRoot: Directory(path: path))
                try Process.check(choice.kind == .userns, "\(choice)")
                try Process.check(choice.reason.hasPrefix("already in a user namespace (single id)"), choice.reason)
                try Process.check(choice.rejected.map(\.kind) == [.overlay], "\(choice)")
            }
        }
        withExtendedLifetime(scratch) {}
    }
}
