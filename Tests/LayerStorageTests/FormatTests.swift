import ImageSpec
import LayerModel
import LayerSystem
import LayerTestKit
import Synchronization
import Testing

@testable import LayerStorage

/// How a store comes to be, and which directories are refused.
@Suite struct FormatTests {
    @Test func `A new store has its format first, and is for its owner alone`() throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path + "/a/b/store"
        _ = try LayerStore(path: path, access: .writing)
        let names = [
            "blobs", "containers", "format.json", "images", "layers", "lock", "names", "staging", "trash", "volumes",
        ]
        #expect(try TestFile.list(path) == names)
        let root = try Directory(path: path)
        #expect(try root.status().mode == 0o700)
        #expect(try RecordFile.read("format.json", in: root) == ["format": 1])
        #expect(try Directory(path: scratch.path + "/a").status().mode == 0o755 & ~Host.fileModeMask())
    }

    @Test func `Looking at a store that does not exist makes nothing`() throws {
        let scratch = try ScratchDirectory()
        let absent = try LayerStore(path: scratch.path + "/store", access: .reading)
        #expect(absent.root == nil)
        #expect(try absent.images().images.isEmpty)
        #expect(try absent.facts().layerCount == 0)
        #expect(try LayerStore(path: scratch.path, access: .reading).root == nil)
        #expect(try TestFile.list(scratch.path) == [])
        let error = #expect(throws: StorageError.self) { try absent.remove("x", isForced: false, isDryRun: false) }
        #expect(error?.kind == .notFound)
        #expect(throws: StorageError.self) { try absent.begin() }
    }

    @Test(
        "A store of a later version is refused, whatever it is opened for",
        arguments: [LayerStore.Access.reading, .writing]
    )
    func laterVersion(access: LayerStore.Access) throws {
        let sample = try SampleStore()
        let root = try Directory(path: sample.path)
        try RecordFile.replace(["format": 2, "new": "member"], "format.json", in: root)
        let error = #expect(throws: StorageError.self) { try sample.reopened(access) }
        #expect(error?.kind == .unsupported)
        #expect(error?.reason.contains("format 2, which is later than 1") == true)
    }

    @Test(
        "A store whose format alone is damaged opens, and one that lacks a directory besides is refused",
        arguments: [LayerStore.Access.reading, .writing]
    )
    func damagedFormat(access: LayerStore.Access) throws {
        let sample = try SampleStore()
        try TestFile.damage(sample.path + "/format.json", at: 3)
        #expect(try sample.reopened(access).root != nil)
        try TestFile.remove(sample.path + "/names")
        let error = #expect(throws: StorageError.self) { try sample.reopened(access) }
        #expect(error?.kind == .corrupt)
    }

    @Test("A directory with something else in it is no store", arguments: [LayerStore.Access.reading, .writing])
    func foreignDirectory(access: LayerStore.Access) throws {
        let scratch = try ScratchDirectory()
        try TestFile.write([], to: scratch.path + "/letter.txt")
        let error = #expect(throws: StorageError.self) { try LayerStore(path: scratch.path, access: access) }
        #expect(error?.kind == .invalid)
        #expect(error?.description == "\(scratch.path): this directory is not empty and no store of layerctl")
        #expect(try TestFile.list(scratch.path) == ["letter.txt"])
    }

    @Test func `A file in the place of a store is refused`() throws {
        let scratch = try ScratchDirectory()
        try TestFile.write([], to: scratch.path + "/store")
        #expect(throws: SystemError.self) { try LayerStore(path: scratch.path + "/store", access: .writing) }
        #expect(throws: SystemError.self) { try LayerStore(path: scratch.path + "/store", access: .reading) }
    }

    @Test("A root that others may write is refused, be it a store or empty", arguments: [0o770, 0o702, 0o1777])
    func writableRoot(mode: Int) throws {
        let sample = try SampleStore()
        try TestFile.setMode(mode, of: sample.path)
        for access in [LayerStore.Access.reading, .writing] {
            let error = #expect(throws: StorageError.self) { try sample.reopened(access) }
            #expect(error?.kind == .permission)
            #expect(error?.reason.contains("mode \(String(mode, radix: 8))") == true)
        }
        let scratch = try ScratchDirectory()
        try TestFile.setMode(mode, of: scratch.path)
        let error = #expect(throws: StorageError.self) { try LayerStore(path: scratch.path, access: .writing) }
        #expect(error?.kind == .permission)
        #expect(try TestFile.list(scratch.path) == [])
    }

    @Test("A root that belongs to another user is refused", Need.root)
    func othersRoot() throws {
        let sample = try SampleStore()
        try Directory(path: sample.path).setOwner(uid: 12345, gid: 0)
        let error = #expect(throws: StorageError.self) { try sample.reopened() }
        #expect(error?.description == "\(sample.path): the store's directory belongs to user 12345")
    }

    @Test func `What a dead maker left is no hindrance`() throws {
        let scratch = try ScratchDirectory()
        try TestFile.write([], to: scratch.path + "/lock")
        try TestFile.write([1, 2], to: scratch.path + "/.new-0123")
        #expect(try LayerStore(path: scratch.path, access: .reading).root == nil)
        _ = try LayerStore(path: scratch.path, access: .writing)
        #expect(!TestFile.exists(scratch.path + "/.new-0123"))
        // One that died between the format and the last of the directories.
        for name in ["trash", "staging"] { try TestFile.remove(scratch.path + "/" + name) }
        #expect(try LayerStore(path: scratch.path, access: .reading).images().problems == [])
        let transaction = try LayerStore(path: scratch.path, access: .writing).begin()
        #expect(try transaction.staging.isEmpty())
        withExtendedLifetime(transaction) {}
    }

    @Test func `Many makers at once get one store`() throws {
        for _ in 0..<50 {
            let scratch = try ScratchDirectory()
            let failures = Mutex<[String]>([])
            try WorkerPool.run(workers: 4, jobs: 4) { _ in
                do {
                    _ = try LayerStore(path: scratch.path + "/store", access: .writing)
                } catch {
                    failures.withLock { $0.append("\(error)") }
                }
            }
            #expect(failures.withLock(\.self) == [])
            #expect(try LayerStore(path: scratch.path + "/store", access: .reading).root != nil)
        }
    }
}
