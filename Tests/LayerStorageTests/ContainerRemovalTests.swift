import Foundation
import ImageSpec
import LayerModel
import LayerSystem
import LayerTestKit
import Synchronization
import Testing

@testable import LayerStorage

/// A container goes whatever it looks like, unless somebody uses it.
@Suite struct ContainerRemovalTests {
    private let sample: SampleStore
    private let image: MadeImage

    init() throws {
        sample = try SampleStore()
        image = try MadeImage.single("1", tags: ["app"])
        try sample.add(image)
    }

    private func expectGone(_ id: ContainerID) throws {
        #expect(try sample.list("containers") == [])
        #expect(try sample.list("trash") == [])
        #expect(try sample.store.containers().records.isEmpty)
        #expect(throws: StorageError.self) { try sample.store.removeContainer(id) }
    }

    @Test func `A container goes with all that was written in it`() throws {
        let id = try sample.create(image, name: "web").id
        let upper = try sample.store.containerDirectory(id).open("upper")
        try upper.makeDirectory("closed")
        try upper.open("closed").createFile("file").write([1])
        try upper.setMode("closed", 0)
        try upper.makeSymbolicLink("link", target: "/etc")
        try upper.makeNode("pipe", kind: .fifo, mode: 0o600, device: DeviceNumber(major: 0, minor: 0))
        var deep = upper
        for _ in 0..<300 { deep = try deep.openOrMakeDirectory("deep") }
        let work = try sample.store.containerDirectory(id).open("work")
        try work.makeDirectory("work")
        try work.setMode("work", 0)
        try sample.store.removeContainer(id)
        try expectGone(id)
    }

    @Test("Device nodes go as well", Need.root)
    func devices() throws {
        let id = try sample.create(image).id
        let upper = try sample.store.containerDirectory(id).open("upper")
        for (name, minor) in [("gone", UInt32(0)), ("null", 3)] {
            let device = DeviceNumber(major: minor == 0 ? 0 : 1, minor: minor)
            try upper.makeNode(name, kind: .characterDevice, mode: 0o666, device: device)
        }
        try sample.store.removeContainer(id)
        try expectGone(id)
    }

    /// What can become of a container's directory.
    enum Damage: CaseIterable {
        case badRecord
        case noRecord
        case noUpper
        case closed
        case file
        case link
    }

    @Test("A damaged container goes", arguments: Damage.allCases)
    func damaged(damage: Damage) throws {
        let id = try sample.create(image).id
        let path = sample.store.containerPath(id)
        switch damage {
        case .badRecord: try TestFile.damage(sample.recordPath(id), at: 80)
        case .noRecord: try TestFile.remove(sample.recordPath(id))
        case .noUpper: try TestFile.remove(path + "/upper")
        case .closed: try TestFile.setMode(0, of: path)
        case .file:
            try TestFile.remove(path)
            try TestFile.write([1], to: path)
        case .link:
            try TestFile.remove(path)
            try Directory(path: sample.path + "/containers").makeSymbolicLink(id.hex, target: sample.path + "/images")
        }
        #expect(try sample.store.containerID(id.short) == id)
        try sample.store.removeContainer(id)
        try expectGone(id)
        #expect(try sample.store.resolve("app").record.id == image.id)
    }

    @Test func `A look whether it could go takes nothing`() throws {
        let id = try sample.create(image).id
        let before = try TreeLines.read(sample.path)
        try sample.reopened().removeContainer(id, isDryRun: true)
        #expect(try TreeLines.read(sample.path) == before)
    }

    @Test func `Who uses a container keeps it`() throws {
        let id = try sample.create(image).id
        for mode in [LockMode.shared, .exclusive] {
            let lock = try sample.reopened().lockContainer(id, mode)
            let error = #expect(throws: StorageError.self) { try sample.store.removeContainer(id) }
            #expect(error?.kind == .conflict)
            #expect(
                error?.description == "container \(id.short) is in use by another process; wait for it or use -f"
            )
            #expect(try sample.store.tryLockContainer(id, .exclusive) == nil)
            #expect(try (sample.store.tryLockContainer(id, .shared) != nil) == (mode == .shared))
            withExtendedLifetime(lock) {}
        }
        try sample.store.removeContainer(id)
        #expect(throws: StorageError.self) { try sample.store.lockContainer(id, .shared) }
    }

    @Test func `Force waits for those who use it, and those who wait learn that it is gone`() throws {
        let sample = sample
        let id = try sample.create(image).id
        try WorkerPool.run(workers: 3, jobs: 3) { job in
            if job == 0 {
                let lock = try sample.reopened().lockContainer(id, .shared)
                Thread.sleep(forTimeInterval: 0.3)
                #expect(TestFile.exists(sample.store.upperPath(id)))
                withExtendedLifetime(lock) {}
            } else {
                // Of the two one removes it, and the other one finds it gone.
                Thread.sleep(forTimeInterval: 0.1)
                do {
                    try sample.reopened(.writing).removeContainer(id, isForced: true)
                } catch let error as StorageError {
                    #expect(error.kind == .notFound)
                }
            }
        }
        try expectGone(id)
    }

    @Test func `A mounted container is refused, and unmounted with force`() throws {
        let id = try sample.create(image).id
        let calls = EventList()
        let mounts = ContainerMounts(
            find: { _, ids in
                Dictionary(uniqueKeysWithValues: calls.isEmpty ? ids.map { ($0, [Array("/mnt/a b".utf8)]) } : [])
            },
            unmount: { _, id in calls.add(id.hex) }
        )
        for isDryRun in [false, true] {
            let error = #expect(throws: StorageError.self) {
                try sample.store.removeContainer(id, isDryRun: isDryRun, mounts: mounts)
            }
            #expect(error?.kind == .conflict)
            #expect(error?.description == "container is mounted at /mnt/a b; umount it first or use -f")
        }
        try sample.store.removeContainer(id, isForced: true, isDryRun: true, mounts: mounts)
        #expect(calls.isEmpty)
        try sample.store.removeContainer(id, isForced: true, mounts: mounts)
        #expect(calls.list == [id.hex])
        try expectGone(id)
    }

    @Test(
        "Mounts are seen, at the container's own place and elsewhere, and end with it",
        Need.root,
        arguments: [true, false]
    )
    func mounted(isOwnPlace: Bool) throws {
        let id = try sample.create(image).id
        let lower = sample.store.treePath(of: LayerKey(image.diffIDs[0]))
        let (upper, work) = (sample.store.upperPath(id), sample.store.workPath(id))
        let target = isOwnPlace ? sample.store.mergedPath(id) : sample.path + "-shown"
        if !isOwnPlace { try Directory(path: sample.path + "/..").makeDirectory("store-shown") }
        let options = "lowerdir=\(lower),upperdir=\(upper),workdir=\(work)"
        let isMounted = try SampleStore.runs("mount", "-t", "overlay", "-o", options, "test", target)
        try #require(isMounted)
        #expect(try sample.store.visibleMounts(of: [id]) == [id: [Array(target.utf8)]])
        try TestFile.write([1], to: target + "/new")
        let error = #expect(throws: StorageError.self) { try sample.store.removeContainer(id) }
        #expect(error?.description == "container is mounted at \(target); umount it first or use -f")
        #expect(TestFile.exists(upper + "/new"))
        // Somebody works in it: the mount is busy.
        let inside = try Directory(path: target)
        try sample.store.removeContainer(id, isForced: true)
        withExtendedLifetime(inside) {}
        try expectGone(id)
        #expect(try !MountTable.current().entries.contains { $0.mountPoint == Array(target.utf8) })
    }

    @Test("A file that cannot go is said, and keeps nobody from work", Need.root, Need.tool("chattr"))
    func immutable() throws {
        let id = try sample.create(image).id
        let file = sample.store.upperPath(id) + "/stuck"
        try TestFile.write([1], to: file)
        // Not every file system has such an attribute.
        guard try SampleStore.runs("chattr", "+i", file) else { return }
        let error = #expect(throws: StorageError.self) { try sample.store.removeContainer(id) }
        #expect(error?.kind == .permission)
        #expect(error?.description.contains("is removed, but not all of its files: unlink") == true)
        let reason = "/upper/stuck\": Operation not permitted: it may be immutable (chattr -i)"
        #expect(error?.description.contains(reason) == true)
        #expect(try sample.store.containers().records.isEmpty)
        #expect(try sample.list("containers") == [])
        let left = try sample.list("trash")
        #expect(left.count == 1)
        try sample.add(MadeImage.single("2", tags: ["other"]))
        _ = try sample.store.remove("other", isForced: false, isDryRun: false)
        let stuck = sample.path + "/trash/\(left[0])/upper/stuck"
        #expect(try SampleStore.runs("chattr", "-i", stuck))
        _ = try sample.create(image, name: "next")
        #expect(try sample.list("trash") == [])
    }

    @Test func `Creators and removers at once do not fail each other`() throws {
        let sample = sample
        try WorkerPool.run(workers: 4, jobs: 4) { job in
            for _ in 0..<10 {
                let store = try sample.reopened(.writing)
                let name = "c\(job)"
                let record = try store.createContainer(image: store.resolve("app"), imageName: "app", name: name)
                _ = try store.containers()
                try store.renameContainer(record.id, to: name + "-renamed")
                try store.removeContainer(store.containerID(name + "-renamed"))
            }
        }
        #expect(try sample.list("containers") == [])
        _ = try sample.store.begin()
        #expect(try sample.list("trash") == [])
    }

    @Test func `The upper directory is measured as Docker does, each file once`() throws {
        let id = try sample.create(image).id
        #expect(try sample.store.upperByteCount(of: id) == 0)
        let upper = try sample.store.containerDirectory(id).open("upper")
        try upper.createFile("five").write([1, 2, 3, 4, 5])
        try upper.makeHardLink("again", to: upper, "five")
        try upper.makeSymbolicLink("link", target: "abc")
        let inner = try upper.openOrMakeDirectory("d").openOrMakeDirectory("e")
        try inner.createFile("big").setByteCount(1 << 20)
        #expect(try sample.store.upperByteCount(of: id) == 5 + 3 + 1 << 20)
    }
}

/// Texts from calls that may come from any thread.
private final class EventList: Sendable {
    private let texts = Mutex<[String]>([])

    var list: [String] { texts.withLock(\.self) }
    var isEmpty: Bool { list.isEmpty }

    func add(_ text: String) { texts.withLock { $0.append(text) } }
}
