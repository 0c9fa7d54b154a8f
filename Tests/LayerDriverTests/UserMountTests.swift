import Foundation
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerDriver

@Suite("Mounting as an ordinary user", MountNeed.userNamespaces)
struct UserMountTests {
    private typealias Process = OrdinaryProcess

    @Test(arguments: [1, 2, 100, 500])
    func `In a namespace of ours a stack is mounted in place`(_ layerCount: Int) async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String, layerCount = layerCount as Int] in
            try Process.run(in: path) {
                try UserNamespace.enter(.singleID())
                let stack = try SampleStack(path, layerCount: layerCount, usesUserAttributes: true)
                let place = try Mounter.mount(stack.plan(.userns))
                try Process.check(place.processID == nil && place.path == Array(stack.merged.utf8), "\(place)")
                let faults = try stack.faults(seenAt: stack.merged)
                try Process.check(faults.isEmpty, "\(faults)")
                let merged = try Directory(path: stack.merged)
                try merged.unlink("own-0")
                // What fails with EIO when overlayfs is not told to keep its marks in `user.`.
                try merged.makeDirectory("own-0")
                let opaque = try Directory(path: stack.upper).extendedAttribute("user.overlay.opaque", of: "own-0")
                try Process.check(opaque == [UInt8(ascii: "y")], "\(String(describing: opaque))")
            }
        }
        withExtendedLifetime(scratch) {}
    }

    @Test(arguments: [0, 1, 3])
    func `A stack is shown read-only in a namespace of ours, by old and new calls`(_ layerCount: Int) async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String, layerCount = layerCount as Int] in
            try Process.run(in: path) {
                try UserNamespace.enter(.singleID())
                let stack = try SampleStack(path, layerCount: layerCount, usesUserAttributes: true)
                let plan = try stack.plan(.userns, isReadOnly: true)
                for interface in [OverlayMounter.Interface.layerByLayer, .onePage] {
                    try OverlayMounter.mount(plan, interface)
                    let faults = layerCount == 0 ? [] : try stack.faults(seenAt: stack.merged)
                    try Process.check(faults.isEmpty, "\(faults)")
                    let place = try Process.require(MountSearch().place(target: plan.target))
                    try Process.check(place.isReadOnly, "\(place)")
                    try Mounter.unmount(place)
                    try Process.check(try MountSearch().place(target: plan.target) == nil, "two mounts")
                }
            }
        }
        withExtendedLifetime(scratch) {}
    }

    @Test func `A mount of another shell in a namespace is found and unmounted, and the shell lives on`() async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            try Process.run(in: path) {
                let stack = try SampleStack(path, layerCount: 2, usesUserAttributes: true)
                let (ready, tell) = try File.pipe()
                let (hold, end) = try File.pipe()
                let shell = try ChildProcess.fork {
                    do {
                        try end.descriptor.close()
                        try UserNamespace.enter(.singleID())
                        _ = try Mounter.mount(stack.plan(.userns))
                        try tell.write([1])
                        return try hold.readPart(byteCount: 1).isEmpty ? 7 : 1
                    } catch {
                        return 1
                    }
                }
                try Process.check(try ready.readPart(byteCount: 1) == [1], "not mounted")
                let place = try Process.require(MountSearch().place(target: Array(stack.merged.utf8)))
                try Process.check(place.processID == shell.processID && !place.isKept, "\(place)")
                let faults = try stack.faults(seenAt: String(decoding: place.path, as: UTF8.self))
                try Process.check(faults.isEmpty, "\(faults)")
                try Mounter.unmount(place)
                try Process.check(try MountSearch().place(target: Array(stack.merged.utf8)) == nil, "still mounted")
                try end.descriptor.close()
                try Process.check(try shell.wait() == 7, "the shell has ended otherwise")
            }
        }
        withExtendedLifetime(scratch) {}
    }

    @Test(MountNeed.mounting, Need.tool("fuse-overlayfs"), Need.tool("fusermount3"), Need.tool("mount"))
    func `A user mounts through fuse-overlayfs, in a namespace and outside`() async throws {
        let scratch = try ScratchDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            // The host's device may be root's alone: in the mount namespace of this test there is one for everybody.
            try MountNamespace.enter()
            let device = DeviceNumber(major: 10, minor: 229)
            try Directory(path: path).makeNode("fuse", kind: .characterDevice, device: device)
            try TestFile.setMode(0o666, of: path + "/fuse")
            try Process.bind(path + "/fuse", on: "/dev/fuse")
            for isInside in [false, true] {
                try Directory(path: path).makeDirectory("\(isInside)")
                try Process.run(in: path + "/\(isInside)", as: Process.nobody) {
                    if isInside { try UserNamespace.enter(.singleID()) }
                    let stack = try SampleStack(path + "/\(isInside)", layerCount: 3, usesUserAttributes: true)
                    let place = try Mounter.mount(stack.plan(.fuse))
                    try Process.check(place.isFuse && place.processID == nil, "\(place)")
                    let faults = try stack.faults(seenAt: stack.merged)
                    try Process.check(faults.isEmpty, "\(faults)")
                    let found = try MountSearch().place(target: [0x2F], upper: Array(stack.upper.utf8))
                    try Process.check(found == place, "\(String(describing: found))")
                    try TestFile.write([], to: stack.merged + "/new")
                    try Process.check(try TestFile.list(stack.upper) == ["new"], "upper")
                    try Mounter.unmount(place)
                    try Process.check(try MountSearch().place(target: Array(stack.merged.utf8)) == nil, "still mounted")
                }
            }
        }
        withExtendedLifetime(scratch) {}
    }
}
