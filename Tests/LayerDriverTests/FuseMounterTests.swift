import LayerSystem
import LayerTestKit
import Testing

@testable import LayerDriver

@Suite("Mounting through fuse-overlayfs as root", MountNeed.mounting, Need.tool("fuse-overlayfs"), MountNeed.fuse)
struct FuseMounterTests {
    @Test("a stack is one directory, and what is written goes up", arguments: [1, 2, 100])
    func readWrite(_ layerCount: Int) throws {
        let scratch = try ScratchDirectory()
        let stack = try SampleStack(scratch.path, layerCount: layerCount, usesUserAttributes: false)
        try PrivateMounts.run {
            let place = try Mounter.mount(stack.plan(.fuse))
            // The program lives in the namespace and would keep it.
            defer { try? Mounter.unmount(place, isLazy: true) }
            #expect(place.isFuse && !place.isReadOnly && place.processID == nil)
            #expect(try MountSearch().place(target: [0x2F], upper: Array(stack.upper.utf8)) == place)
            #expect(try stack.faults(seenAt: stack.merged) == [])
            let merged = try Directory(path: stack.merged)
            try merged.unlink("own-0")
            try merged.makeDirectory("own-0")
            let written = try Directory(path: stack.upper).open("own-0")
            #expect(try written.list().map { String(decoding: $0, as: UTF8.self) } == [".wh..opq", ".wh..wh..opq"])
            #expect(try written.status(".wh..opq").isWhiteout)
            withExtendedLifetime((merged, written)) {}
        }
    }

    @Test("a stack that is only shown takes nothing")
    func readOnly() throws {
        let scratch = try ScratchDirectory()
        let stack = try SampleStack(scratch.path, layerCount: 1, usesUserAttributes: false)
        try PrivateMounts.run {
            let place = try Mounter.mount(stack.plan(.fuse, isReadOnly: true))
            #expect(place.isReadOnly)
            #expect(try stack.faults(seenAt: stack.merged) == [])
            #expect(throws: SystemError.self) { try Directory(path: stack.merged).makeDirectory("new") }
            try Mounter.unmount(place)
            #expect(try MountSearch().place(target: Array(stack.merged.utf8)) == nil)
        }
    }

    @Test("what the program says of its failure is told")
    func failure() throws {
        let scratch = try ScratchDirectory()
        let stack = try SampleStack(scratch.path, layerCount: 2, usesUserAttributes: false)
        try TestFile.remove(stack.path + "/0")
        try PrivateMounts.run { () throws in
            let error = #expect(throws: DriverError.self) { try Mounter.mount(stack.plan(.fuse)) }
            #expect(error?.description.contains("fuse-overlayfs failed (status 1): ") == true, "\(error as Any)")
            #expect(try MountSearch().place(target: Array(stack.merged.utf8)) == nil)
        }
    }
}
