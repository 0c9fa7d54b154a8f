import LayerModel
import LayerTestKit
import Testing

@testable import LayerStorage

/// What pruning images takes, in which order it says so, and what it leaves.
@Suite struct ImagePruningTests {
    private let sample: SampleStore

    init() throws { sample = try SampleStore() }

    private func prune(
        all: Bool = false,
        dryRun: Bool = false,
        after gone: Set<ContainerID> = [],
        where mayGo: (StoredImage) -> Bool = { _ in true },
        mounted: ImageID? = nil
    ) throws -> PrunedImages {
        try sample.store.pruneImages(takesNamed: all, isDryRun: dryRun, after: gone, where: mayGo) { image in
            image.record.id == mounted ? Array("/mnt".utf8) : nil
        }
    }

    private func left() throws -> Set<ImageID> { Set(try sample.store.images().images.map(\.record.id)) }

    @Test func `Only images without a name go, with the layers that nothing else has`() throws {
        let named = try MadeImage([["base"], ["one"]], tags: ["app"])
        let dangling = try MadeImage([["base"], ["two=22"]], tags: [])
        for image in [named, dangling] { try sample.add(image) }
        let plan = try prune(dryRun: true)
        #expect(try left().count == 2)
        let pruned = try prune()
        #expect(pruned.events == plan.events)
        #expect(pruned.events == [.deletedImage(dangling.id), .deletedLayer(dangling.chainIDs[1])])
        #expect(pruned.byteCount == 2)
        #expect(try left() == [named.id])
        #expect(try sample.store.facts().layerCount == 2)
        #expect(try TestFile.list(sample.path + "/trash").isEmpty)
    }

    @Test func `Of all images those go that no container uses, names first`() throws {
        let used = try MadeImage([["base"], ["used"]], tags: ["used"])
        let one = try MadeImage([["base"], ["shared"], ["one"]], tags: ["one:1", "one:2"])
        let two = try MadeImage([["base"], ["shared"], ["two"]], tags: ["two"])
        for image in [used, one, two] { try sample.add(image) }
        let stored = try sample.store.resolve("used")
        let container = try sample.store.createContainer(image: stored, imageName: "used")
        let pruned = try prune(all: true)
        #expect(try left() == [used.id])
        #expect(pruned.events.count { if case .untagged = $0 { true } else { false } } == 3)
        // The stack that two had goes with the second of them.
        let layers = pruned.events.compactMap { if case .deletedLayer(let id) = $0 { id } else { nil } }
        #expect(layers.count == 3)
        #expect(layers.last == one.chainIDs[1])
        #expect(Set(layers) == [one.chainIDs[1], one.chainIDs[2], two.chainIDs[2]])
        #expect(try prune(all: true, dryRun: true, after: [container.id]).events.contains(.deletedImage(used.id)))
        #expect(try prune(all: true).events.isEmpty)
    }

    @Test func `What is mounted stays and is told of, what is not meant stays silently`() throws {
        let (one, two) = (try MadeImage.single("1"), try MadeImage.single("2"))
        for image in [one, two] { try sample.add(image) }
        let pruned = try prune(where: { $0.record.id == one.id }, mounted: one.id)
        #expect(pruned.events.isEmpty)
        #expect(pruned.kept == ["image \(one.shortID) stays: it is mounted at /mnt"])
        #expect(try left() == [one.id, two.id])
    }

    @Test("Nobody knows which image a damaged record means", arguments: [true, false])
    func damaged(isContainer: Bool) throws {
        let (one, two) = (try MadeImage.single("1", tags: ["one"]), try MadeImage.single("2", tags: ["two"]))
        for image in [one, two] { try sample.add(image) }
        let stored = try sample.store.resolve("one")
        let container = try sample.store.createContainer(image: stored, imageName: "one")
        if isContainer {
            try TestFile.damage(sample.recordPath(container.id), at: 80)
            #expect(try prune(all: true).events.isEmpty)
        } else {
            try TestFile.damage(sample.path + "/names/docker.io/library/two/:latest", at: 80)
            #expect(try prune().events.isEmpty)
        }
        #expect(try left().count == 2)
    }
}
