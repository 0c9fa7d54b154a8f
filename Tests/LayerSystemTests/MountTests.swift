import Glibc
import LayerTestKit
import Testing

@testable import LayerSystem

@Suite("Mounts")
struct MountTests {
    /// A directory with a tmpfs on it, in a mount namespace of the calling thread.
    private static func mountedDirectory(_ scratch: ScratchDirectory, _ attributes: MountAttributes) throws -> [UInt8] {
        let target = try LayerSystem.Directory(path: scratch.path)
        try FileSystemContext(type: "tmpfs").mount(attributes).attach(to: target)
        return try target.hostPath()
    }

    @Test("a mount is made, told by the mount table, and taken away", SystemNeed.mounting)
    func lifeOfMount() throws {
        let scratch = try ScratchDirectory()
        let seen = try OwnThread.runInMountNamespace {
            let place = try Self.mountedDirectory(scratch, [.noDevices, .noSetUserID])
            let entry = try MountTable.current().entry(at: place)
            try Mount.unmount(place, isLazy: false)
            let after = try MountTable.current().entry(at: place)
            return (entry, after)
        }
        #expect(seen.0?.typeName == Array("tmpfs".utf8))
        #expect(seen.0?.options.starts(with: "rw,nosuid,nodev".utf8) == true)
        #expect(seen.0?.isReadOnly == false)
        #expect(seen.1 == nil)
    }

    @Test("a read-only mount takes no files, and says so in the table", SystemNeed.mounting)
    func readOnly() throws {
        let scratch = try ScratchDirectory()
        let entry = try OwnThread.runInMountNamespace {
            let place = try Self.mountedDirectory(scratch, .readOnly)
            #expect(throws: SystemError.self) { try LayerSystem.Directory(path: place).makeDirectory("x") }
            return try MountTable.current().entry(at: place)
        }
        #expect(entry?.isReadOnly == true)
    }

    @Test("a mount in use stays, unless it is to go as soon as it is free", SystemNeed.mounting)
    func busy() throws {
        let scratch = try ScratchDirectory()
        try OwnThread.runInMountNamespace {
            let place = try Self.mountedDirectory(scratch, [])
            let user = try LayerSystem.Directory(path: place)
            #expect(throws: SystemError(call: "umount", subject: scratch.path, code: EBUSY)) {
                try Mount.unmount(place, isLazy: false)
            }
            #expect(try MountTable.current().entry(at: place) != nil)
            try Mount.unmount(place, isLazy: true)
            #expect(try MountTable.current().entry(at: place) == nil)
            try user.makeDirectory("still there")
        }
        #expect(throws: SystemError(call: "umount", subject: scratch.path, code: geteuid() == 0 ? EINVAL : EPERM)) {
            try Mount.unmount(scratch.path, isLazy: true)
        }
    }

    @Test("options of a file system are found by their names")
    func options() throws {
        let line = #"1 0 0:1 / /m ro,relatime - overlay o rw,lowerdir=/a\040b:/c,upperdir=/u,index=off,userxattr"#
        let entry = try #require(try MountTable(parsing: Array((line + "\n").utf8)).entries.first)
        #expect(entry.fileSystemOption("upperdir") == Array("/u".utf8))
        #expect(entry.fileSystemOption("lowerdir") == Array("/a b:/c".utf8))
        #expect(entry.fileSystemOption("index") == Array("off".utf8))
        #expect(entry.fileSystemOption("userxattr") == nil)
        #expect(entry.fileSystemOption("dir") == nil)
        #expect(entry.isReadOnly)
    }

    @Test("what a file system says of a failure is told", SystemNeed.mounting)
    func complaints() throws {
        let context = try FileSystemContext(type: "tmpfs")
        #expect(throws: SystemError(call: "fsconfig", subject: "size=x", code: EINVAL)) { try context.set("size", "x") }
        #expect(throws: SystemError(call: "fsopen", subject: "no-such-type", code: ENODEV)) {
            try FileSystemContext(type: "no-such-type")
        }
    }

    @Test("a directory knows its own path, without links")
    func hostPath() throws {
        let scratch = try ScratchDirectory()
        let directory = try LayerSystem.Directory(path: scratch.path)
        try directory.makeDirectory("a b")
        try directory.makeSymbolicLink("link", target: "a b")
        let path = try directory.hostPath()
        #expect(try LayerSystem.Directory(path: scratch.path + "/link/../link").hostPath() == path + "/a b".utf8)
        #expect(try LayerSystem.Directory(path: directory.descriptorPath).hostPath() == path)
    }
}
