import ImageSpec
import LayerKit
import LayerModel
import LayerTestKit
import Testing

/// What takes room: each layer counts once, and what a container needs is not free.
@Suite struct UsageTests {
    @Test func `Layers stand on those below them, and sizes tell what is shared`() throws {
        let kit = try KitStore()
        let images = [
            try MadeImage([["a=12345"], ["b=123"]], tags: ["one:1"]),
            try MadeImage([["a=12345"], ["c=12"]], tags: ["two:1"]),
            try MadeImage([["a=12345"]], tags: ["base:1", "base:2"]), try MadeImage([["d=1"]], tags: ["else:1"]),
        ]
        for image in images { try kit.load([image]) }
        let id = try #require(kit.store.images().images.first { $0.references[0].familiar == "one:1" }).id
        _ = try kit.store.createContainer(of: id, imageName: "one:1")
        let usage = try kit.store.usage()
        #expect(usage.layerByteCount == 11 && usage.unused.isEmpty && usage.problems.isEmpty)
        let sizes = Dictionary(
            uniqueKeysWithValues: usage.images.map { image in
                (
                    image.details.references[0].familiar,
                    [image.sharedByteCount, image.uniqueByteCount, Int64(image.containerCount)]
                )
            }
        )
        #expect(sizes == ["one:1": [5, 3, 1], "two:1": [5, 2, 0], "base:1": [5, 0, 0], "else:1": [0, 1, 0]])
        #expect(usage.reclaimableImageByteCount == 3)
        #expect(Set(usage.layers.map(\.diffID)) == [images[0].diffIDs[0], images[3].diffIDs[0]])
        let base = try #require(usage.layers.first { $0.diffID == images[0].diffIDs[0] })
        #expect(base.images.count == 3 && base.containerCount == 1)
        #expect(base.tops.flatMap(\.references).map(\.familiar) == ["base:1", "base:2"])
        #expect(Set(base.children.map(\.diffID)) == [images[0].diffIDs[1], images[1].diffIDs[1]])
        #expect(base.children.allSatisfy { $0.children.isEmpty && $0.tops.count == 1 })
    }

    @Test func `An empty store takes nothing`() throws {
        let usage = try KitStore().store.usage()
        #expect(usage.layerByteCount == 0 && usage.reclaimableImageByteCount == 0 && usage.layers.isEmpty)
    }
}
