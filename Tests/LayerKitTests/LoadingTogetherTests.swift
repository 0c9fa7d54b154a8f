import LayerKit
import LayerModel
import LayerSystem
import LayerTestKit
import TestImages
import Testing

/// Loads that are at work in one store at once, and loads from what can be read once only.
@Suite struct LoadingTogetherTests {
    @Test func `Two threads that load one image into one store get one image`() throws {
        for _ in 0..<5 {
            let kit = try KitStore()
            try WorkerPool.run(workers: 2, jobs: 2) { _ in
                let store = try ImageStore(root: kit.path, access: .writing)
                let report = try store.load(.file(ImageFixture.dockerV24.path), .platform("linux", "amd64"))
                #expect(report.images.count == 1)
            }
            let alone = try KitStore()
            try alone.load(ImageFixture.dockerV24.path, .platform("linux", "amd64"))
            func layers(_ kit: KitStore) throws -> [String] {
                try kit.contents().filter { $0.hasPrefix("layers/") && !$0.contains("layer.json") }
            }
            #expect(try layers(kit) == layers(alone))
            #expect(try TestFile.list(kit.path + "/staging") == [])
            #expect(try kit.store.images().problems == [])
        }
    }

    @Test func `Loads and removals at once leave what was loaded last`() throws {
        let kit = try KitStore()
        let images = try (0..<3).map { try MadeImage([["base=b"], ["own=\($0)"]], tags: ["i\($0)"]) }
        let files = try images.indices.map { try kit.file("\($0).tar", images[$0].archive) }
        try WorkerPool.run(workers: 3, jobs: 3) { job in
            let store = try ImageStore(root: kit.path, access: .writing)
            for _ in 0..<8 {
                _ = try store.load(.file(files[job]))
                #expect(try store.image("i\(job)").treeByteCount == 2)
                _ = try store.remove("i\(job)")
            }
            _ = try store.load(.file(files[job]))
        }
        #expect(try kit.store.images().images.count == 3)
        #expect(try kit.layerKeys().count == 4)
    }

    @Test(
        "A load from a pipe gives the same image",
        arguments: ImageFixture.app.filter { ![.ociLayout, .ociSymlinks, .podmanDockerDirectory].contains($0) }
    )
    func pipe(fixture: ImageFixture) throws {
        let kit = try KitStore()
        let scratch = try ScratchDirectory()
        let bytes = try TestFile.read(fixture.path)
        try Directory(path: scratch.path).makeNode("pipe", kind: .fifo, mode: 0o600)
        try WorkerPool.run(workers: 2, jobs: 2) { job in
            if job == 0 {
                try TestFile.append(bytes, toPipe: scratch.path + "/pipe")
            } else {
                try kit.load(scratch.path + "/pipe", .platform("linux", "amd64"))
            }
        }
        let facts = try FixtureFacts.read()
        let image = try kit.store.image(facts.imageID)
        #expect(image.layers.map(\.size?.treeByteCount) == facts.layers.map(\.treeByteCount))
        #expect(try TestFile.list(kit.path + "/staging") == [])
    }
}
