import ImageSpec
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerStorage

/// Names lead to images, each in a file of its own.
@Suite struct NameTests {
    private let sample: SampleStore
    private let one: ImageID
    private let two: ImageID

    init() throws {
        sample = try SampleStore()
        one = try sample.add(MadeImage.single("1"))
        two = try sample.add(MadeImage.single("2"))
    }

    private func set(_ name: String, _ id: ImageID) throws -> ImageID? {
        try sample.store.setName(SampleStore.reference(name), to: id)
    }

    private func names(of id: ImageID) throws -> [String] {
        try sample.reopened().images().images.first { $0.record.id == id }?.names.map(\.reference.familiar) ?? []
    }

    @Test func `A name lies in directories named as its repository, in a file named as its tag`() throws {
        #expect(try set("example.test:5000/team/app:1.0", one) == nil)
        #expect(try set("busybox", one) == nil)
        let names = sample.path + "/names"
        #expect(try TestFile.list(names + "/example.test:5000/team/app") == [":1.0"])
        #expect(try TestFile.list(names + "/docker.io/library/busybox") == [":latest"])
        let record = try #require(try sample.store.name(SampleStore.reference("busybox")))
        #expect(record.id == one)
        #expect(record.reference.description == "docker.io/library/busybox:latest")
        #expect(abs(record.time.seconds - Host.now().seconds) < 60)
        #expect(try self.names(of: one) == ["busybox:latest", "example.test:5000/team/app:1.0"])
    }

    @Test func `A name that is given to another image reports the one that had it`() throws {
        #expect(try set("app:1", one) == nil)
        #expect(try set("app:1", two) == one)
        #expect(try names(of: one) == [])
        #expect(try names(of: two) == ["app:1"])
    }

    @Test func `A name that stands already is not written again`() throws {
        _ = try set("app:1", one)
        let path = sample.path + "/names/docker.io/library/app"
        let before = try TreeLines.read(path)
        let identity = try Directory(path: path).status(":1").identity
        #expect(try set("app:1", one) == nil)
        #expect(try TreeLines.read(path) == before)
        #expect(try Directory(path: path).status(":1").identity == identity)
    }

    @Test func `A repository and one below it lie side by side, whichever goes first`() throws {
        for order in [["x/a", "x/a/b"], ["x/a/b", "x/a"]] {
            for name in order { _ = try set(name + ":t", one) }
            #expect(
                try names(of: one)
                    == ["x/a:t", "x/a/b:t"].sorted { "\($0)".utf8.lexicographicallyPrecedes("\($1)".utf8) }
            )
            for (position, name) in order.enumerated() {
                try sample.store.removeName(SampleStore.reference(name + ":t"))
                #expect(try names(of: one) == (position == 0 ? [order[1] + ":t"] : []))
            }
            #expect(try TestFile.list(sample.path + "/names") == [])
        }
    }

    @Test func `The last name of a repository takes the directories with it, others keep them`() throws {
        for name in ["example.test/a/b:1", "example.test/a/b:2", "example.test/a/c:1"] { _ = try set(name, one) }
        let names = sample.path + "/names/example.test/a"
        try sample.store.removeName(SampleStore.reference("example.test/a/b:1"))
        #expect(try TestFile.list(names + "/b") == [":2"])
        try sample.store.removeName(SampleStore.reference("example.test/a/b:2"))
        #expect(try TestFile.list(names) == ["c"])
        try sample.store.removeName(SampleStore.reference("example.test/a/c:1"))
        #expect(try TestFile.list(sample.path + "/names") == [])
    }

    @Test func `A damaged record of a name is a problem line and takes nothing else away`() throws {
        for name in ["app:1", "app:2", "other:1"] { _ = try set(name, one) }
        let path = sample.path + "/names/docker.io/library/app"
        try TestFile.damage(path + "/:1", at: 90)
        let listing = try sample.store.images()
        #expect(listing.images.count == 2)
        #expect(try names(of: one) == ["app:2", "other:1"])
        #expect(listing.problems == ["\(path)/:1: damaged record: its checksum is another"])
        let error = #expect(throws: StorageError.self) { try sample.store.resolve("app:1") }
        #expect(error?.kind == .corrupt)
        #expect(try sample.store.resolve("app:2").record.id == one)
        #expect(try set("app:1", two) == nil)
        #expect(try sample.store.resolve("app:1").record.id == two)
        #expect(try sample.store.images().problems == [])
    }

    @Test func `A record in the place of another name is a damaged one`() throws {
        _ = try set("app:1", one)
        let path = sample.path + "/names/docker.io/library/app"
        try TestFile.write(TestFile.read(path + "/:1"), to: path + "/:2")
        #expect(try names(of: one) == ["app:1"])
        #expect(try sample.store.images().problems == ["\(path)/:2: damaged record: it is that of app:1"])
        let error = #expect(throws: StorageError.self) { try sample.store.resolve("app:2") }
        #expect(error?.kind == .corrupt)
        _ = try sample.store.remove(one.digest.hex, isForced: false, isDryRun: false)
        #expect(try TestFile.list(path) == [":2"])
        #expect(try set("app:2", two) == nil)
        #expect(try sample.store.images().problems == [])
    }

    @Test func `A file that is no name in the directories of names is a problem line`() throws {
        _ = try set("app:1", one)
        try TestFile.write([], to: sample.path + "/names/docker.io/README")
        let listing = try sample.store.images()
        #expect(listing.images.count == 2)
        #expect(try names(of: one) == ["app:1"])
        #expect(listing.problems.count == 1)
        #expect(listing.problems.first?.contains("names/docker.io/README") == true)
    }

    @Test func `A name whose image is gone is a problem line`() throws {
        _ = try set("app:1", one)
        try TestFile.remove(sample.imagePath(one))
        let listing = try sample.store.images()
        #expect(listing.images.map(\.record.id) == [two])
        #expect(listing.problems == ["app:1: its image \(one) is not in the store"])
        let error = #expect(throws: StorageError.self) { try sample.store.resolve("app:1") }
        #expect(error?.kind == .corrupt)
    }

    @Test func `Names that come and go while they are listed are no failure`() throws {
        let sample = sample
        let (one, two) = (one, two)
        _ = try set("stays:1", one)
        try WorkerPool.run(workers: 2, jobs: 2) { job in
            let store = try sample.reopened(.writing)
            for round in 0..<200 {
                if job == 0 {
                    let reference = try SampleStore.reference("x/y/z/name:\(round)")
                    _ = try store.setName(reference, to: two)
                    try store.removeName(reference)
                } else {
                    let listing = try store.images()
                    #expect(listing.problems == [])
                    #expect(listing.images.first { $0.record.id == one }?.names.count == 1)
                }
            }
        }
    }

    @Test func `Many writers of one name leave one whole record`() throws {
        let sample = sample
        let ids = [one, two]
        try WorkerPool.run(workers: 4, jobs: 4) { job in
            let store = try sample.reopened(.writing)
            for _ in 0..<30 { _ = try store.setName(SampleStore.reference("app"), to: ids[job % 2]) }
        }
        #expect(ids.contains(try sample.store.resolve("app").record.id))
        #expect(try TestFile.list(sample.path + "/names/docker.io/library/app") == [":latest"])
    }
}
