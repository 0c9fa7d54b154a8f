import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerStorage

/// What a collection takes, what it leaves, and that nothing of what has gone is left.
@Suite struct CollectionTests {
    private let sample: SampleStore

    init() throws { sample = try SampleStore() }

    @discardableResult
    private func collect(dryRun: Bool = false) throws -> StoreCollection {
        try sample.reopened().collect(isDryRun: dryRun)
    }

    /// What was taken, as `kind path` without random digits.
    private func taken(_ collection: StoreCollection) -> [String] {
        collection.items.map { item in
            "\(item.kind.rawValue) \(String(decoding: item.path, as: UTF8.self))"
                .replacing(/[0-9a-f]{32,}/, with: "ID")
        }
    }

    /// All names below the root, also those of directories.
    private func listing() throws -> [String] {
        try TreeLines.read(sample.path).map { String($0.split(separator: "\t")[0]) }
    }

    private func directory(_ path: String) throws -> Directory {
        try path.split(separator: "/").reduce(Directory(path: sample.path)) {
            try $0.openOrMakeDirectory(String($1))
        }
    }

    @Test func `After all was removed the store is one that never had anything`() throws {
        let fresh = try SampleStore()
        let before = try TreeLines.read(fresh.path).map { $0.split(separator: "\t")[0] }
        let image = try MadeImage([["a/", "a/one=1"], ["a/two=2"]], tags: ["deep/er/app:1", "app"])
        try sample.add(image, blobs: [BlobDigest(try MadeImage.single("b").diffIDs[0].digest)])
        let container = try create()
        try sample.store.removeContainer(container.id)
        for name in ["deep/er/app:1", "app"] { _ = try sample.store.remove(name, isForced: false, isDryRun: false) }
        try collect()
        #expect(try TreeLines.read(sample.path).map { $0.split(separator: "\t")[0] } == before)
        #expect(try collect().items.isEmpty)
    }

    private func create() throws -> ContainerRecord {
        let stored = try sample.store.resolve("app")
        return try sample.store.createContainer(image: stored, imageName: "app")
    }

    /// Something that a dead process may have left, and how a collection calls it.
    struct Leftover: CustomTestStringConvertible, Sendable {
        let path: String
        let isFile: Bool
        let kind: String
        var testDescription: String { path }

        init(_ path: String, isFile: Bool = false, _ kind: String = "unfinished") {
            (self.path, self.isFile, self.kind) = (path, isFile, kind)
        }
    }

    private static let digits = String(repeating: "0123456789abcdef", count: 4)

    @Test(
        "What dead processes may leave goes, and is measured first",
        arguments: [
            Leftover("staging/0123/layer-1/tree"), Leftover("staging/file", isFile: true),
            Leftover("trash/0123/tree", "trash"), Leftover("trash/file", isFile: true, "trash"),
            Leftover("layers/sha256/\(digits)/tree", "layer"), Leftover("layers/sha256/.tmp", "layer"),
            Leftover("layers/sha512/\(digits)", "layer"), Leftover("blobs/sha256/\(digits)", isFile: true, "blob"),
            Leftover("images/sha256/\(digits)", "image"), Leftover("containers/\(digits)/work/work", "container"),
            Leftover("containers/\(digits)/upper", "container"), Leftover("volumes/half/_data", "volume"),
            Leftover("volumes/half", "volume"), Leftover("names/deep/er", "directory"),
            Leftover("names/.new-01", isFile: true), Leftover("names/deep/.new-01", isFile: true),
            Leftover(".new-01", isFile: true), Leftover(".probe-01/overlay"),
            Leftover("mounts/sha256-\(digits)", "directory"),
        ]
    )
    func leftovers(leftover: Leftover) throws {
        try sample.add(MadeImage.single("1", tags: ["app"]))
        _ = try create()
        _ = try sample.store.createVolume(named: "kept")
        let before = try listing()
        let names = leftover.path.split(separator: "/").map(String.init)
        if leftover.isFile {
            try directory(names.dropLast().joined(separator: "/")).createFile(names[names.count - 1]).write([1, 2, 3])
        } else {
            _ = try directory(leftover.path)
        }
        let dirty = try listing()
        let plan = try collect(dryRun: true)
        #expect(try listing() == dirty)
        #expect(taken(plan).contains { $0.hasPrefix(leftover.kind + " ") }, "\(taken(plan))")
        #expect(plan.items.reduce(0) { $0 + $1.byteCount } == (leftover.isFile ? 3 : 0))
        #expect(plan.items.reduce(0) { $0 + $1.inodeCount } == Int64(dirty.count - before.count))
        let done = try collect()
        #expect(taken(done).map { $0.prefix { $0 != "/" } } == taken(plan).map { $0.prefix { $0 != "/" } })
        #expect(done.items.map(\.inodeCount) == plan.items.map(\.inodeCount))
        #expect(done.problems.isEmpty && done.failures.isEmpty)
        #expect(try listing() == before)
    }

    @Test func `A file counts with the last of its names`() throws {
        try sample.add(MadeImage.single("1", tags: ["app"]))
        let container = try create()
        let upper = try sample.store.containerDirectory(container.id).open("upper")
        try upper.createFile("file").write([1, 2, 3])
        let left = try directory("staging/0123")
        try left.makeHardLink("shared", to: upper, "file")
        try left.createFile("own").write([1])
        try left.makeHardLink("again", to: left, "own")
        let report = try collect()
        #expect(report.items.map(\.byteCount) == [1])
        #expect(report.items.map(\.inodeCount) == [2])
    }

    @Test func `Layers of images, of containers and of what is named only by its ID stay`() throws {
        try sample.add(MadeImage([["base"], ["one"]], tags: ["app"]))
        try sample.add(MadeImage([["base"], ["two"]], tags: []))
        _ = try create()
        let before = try TreeLines.read(sample.path)
        #expect(try collect().items.isEmpty)
        #expect(try TreeLines.read(sample.path) == before)
    }

    @Test("Of a damaged record nobody knows what it needs", arguments: ["image", "container"])
    func damaged(kind: String) throws {
        let (one, two) = (try MadeImage.single("1", tags: ["app"]), try MadeImage.single("2"))
        try sample.add(one)
        let container = try create()
        try sample.add(two)
        try TestFile.remove(sample.imagePath(two.id))
        _ = try directory("staging/left")
        let record = kind == "image" ? sample.imagePath(one.id) + "/image.json" : sample.recordPath(container.id)
        try TestFile.damage(record, at: 100)
        try TestFile.write([1], to: sample.store.containerPath(container.id) + "/.new-1")
        let report = try collect()
        #expect(report.problems.count == 1)
        #expect(report.problems.first?.contains(kind == "image" ? one.id.digest.hex : container.id.hex) == true)
        // What is certain goes all the same, and nothing of a damaged container.
        #expect(taken(report).contains("unfinished staging/left"))
        #expect(TestFile.exists(sample.store.containerPath(container.id) + "/.new-1") == (kind == "container"))
        #expect(TestFile.exists(sample.layerPath(two.diffIDs[0])))
        #expect(TestFile.exists(sample.layerPath(one.diffIDs[0])))
        // With the damage the doubt goes.
        try sample.store.removeContainer(container.id)
        if kind == "image" { try TestFile.remove(sample.imagePath(one.id)) }
        try collect()
        #expect(!TestFile.exists(sample.layerPath(two.diffIDs[0])))
    }

    @Test("A config that is damaged hides nothing: the record tells the layers", arguments: ["config.json"])
    func damagedConfig(file: String) throws {
        let image = try MadeImage.single("1", tags: ["app"])
        try sample.add(image)
        try TestFile.damage(sample.imagePath(image.id) + "/" + file, at: 10)
        _ = try directory("layers/sha256/\(Self.digits)")
        #expect(taken(try collect()) == ["layer layers/sha256/ID"])
        #expect(TestFile.exists(sample.layerPath(image.diffIDs[0])))
    }

    @Test(
        "What somebody has written stays although no record is there, and is told of",
        arguments: [
            "containers/\(digits)/upper/file", "containers/\(digits)/checkout.json", "containers/\(digits)/merged/f",
            "volumes/half/_data/file", "volumes/half/notes", "containers/notes", "volumes/.notes",
        ]
    )
    func others(path: String) throws {
        let names = path.split(separator: "/").map(String.init)
        try directory(names.dropLast().joined(separator: "/")).createFile(names[names.count - 1]).write([1])
        let before = try listing()
        let report = try collect()
        #expect(report.items.isEmpty)
        #expect(!report.problems.isEmpty)
        #expect(try listing() == before)
    }

    @Test func `A volume and a container with a damaged record keep all their files`() throws {
        try sample.add(MadeImage.single("1", tags: ["app"]))
        let container = try create()
        _ = try sample.store.createVolume(named: "kept")
        try TestFile.damage(sample.recordPath(container.id), at: 80)
        try TestFile.damage(sample.path + "/volumes/kept/volume.json", at: 80)
        try TestFile.write([1], to: sample.path + "/volumes/kept/_data/file")
        let before = try TreeLines.read(sample.path)
        try collect()
        #expect(try TreeLines.read(sample.path) == before)
    }

    @Test func `What a commit that moved files has left goes, and the container stays whole`() throws {
        try sample.add(MadeImage.single("1", tags: ["app"]))
        let container = try create()
        let path = "containers/\(container.id.hex)"
        try TestFile.write([1], to: sample.path + "/\(path)/upper/kept")
        let before = try listing()
        try directory("\(path)/upper-0123/d").createFile("f").write([1])
        try directory("\(path)/work/.layerctl-1").createFile("f").write([1])
        do {
            // Whoever is at work in it cleans up behind himself.
            let lock = try sample.store.lockContainer(container.id, .shared)
            #expect(try collect().items.isEmpty)
            withExtendedLifetime(lock) {}
        }
        try collect()
        #expect(try listing() == before)
    }

    @Test func `An image without a record goes, one that has a name is damaged`() throws {
        let image = try MadeImage.single("1", tags: ["app"])
        try sample.add(image)
        try TestFile.remove(sample.imagePath(image.id) + "/image.json")
        let report = try collect()
        #expect(report.items.isEmpty)
        #expect(report.problems.count == 1)
        #expect(TestFile.exists(sample.layerPath(image.diffIDs[0])))
        try sample.store.removeName(SampleStore.reference("app"))
        #expect(taken(try collect()).contains("image images/sha256/ID"))
        #expect(!TestFile.exists(sample.layerPath(image.diffIDs[0])))
    }

    @Test func `A collection waits for those who add, and says so first`() throws {
        let transaction = try sample.store.begin()
        var hasWaited = false
        #expect(throws: CancellationError.self) {
            try sample.reopened().collect(isDryRun: false) {
                hasWaited = true
                throw CancellationError()
            }
        }
        #expect(hasWaited)
        withExtendedLifetime(transaction) {}
    }

    @Test("What cannot go is told of, and keeps nothing else", Need.root, Need.tool("chattr"))
    func stuck() throws {
        let trash = try directory("trash")
        try trash.openOrMakeDirectory("stuck").createFile("f").write([1])
        guard try SampleStore.runs("chattr", "+i", sample.path + "/trash/stuck/f") else { return }
        defer { _ = try? SampleStore.runs("chattr", "-i", sample.path + "/trash/stuck/f") }
        _ = try directory("staging/left")
        let report = try collect()
        #expect(report.failures.count == 1)
        #expect(try TestFile.list(sample.path + "/staging").isEmpty)
        #expect(try TestFile.list(sample.path + "/trash") == ["stuck"])
    }

    @Test func `A store that is not there stays not there`() throws {
        let scratch = try ScratchDirectory()
        let store = try LayerStore(path: scratch.path + "/none", access: .reading)
        #expect(try store.collect(isDryRun: false).items.isEmpty)
        #expect(!TestFile.exists(scratch.path + "/none"))
    }

    @Test func `Collections beside adds and removals take nothing that anybody needs`() throws {
        let sample = sample
        let images = try (0..<3).map { try MadeImage([["base"], ["d/", "d/own\($0)"]], tags: ["i\($0)"]) }
        try WorkerPool.run(workers: 4, jobs: 4) { job in
            for _ in 0..<10 {
                guard job < 3 else {
                    let report = try sample.reopened().collect(isDryRun: false)
                    #expect(report.problems.isEmpty && report.failures.isEmpty)
                    continue
                }
                let store = try sample.reopened(.writing)
                try sample.add(images[job])
                let stored = try store.resolve("i\(job)")
                for key in stored.record.layers.map(\.key) { #expect(try store.intactLayer(key) != nil) }
                let container = try store.createContainer(image: stored, imageName: "i\(job)")
                try store.removeContainer(container.id)
                _ = try store.remove("i\(job)", isForced: false, isDryRun: false)
            }
        }
        try collect()
        #expect(try TreeLines.files(sample.path).map { $0.split(separator: "\t")[0] } == ["format.json", "lock"])
    }
}
