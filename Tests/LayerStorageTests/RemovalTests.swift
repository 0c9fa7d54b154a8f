import ImageSpec
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerStorage

/// Contract 3.12: what a removal takes, what it leaves, and what it says.
@Suite struct RemovalTests {
    private let sample: SampleStore

    init() throws { sample = try SampleStore() }

    private func remove(_ text: String, force: Bool = false, dryRun: Bool = false) throws -> [String] {
        try sample.store.remove(text, isForced: force, isDryRun: dryRun).map { event in
            switch event {
            case .untagged(let reference): "untagged \(reference.familiar)"
            case .deletedImage(let id): "image \(id.digest.hex)"
            case .deletedLayer(let id): "layer \(id.digest.hex)"
            case .keptImage(let id, let container): "kept \(id.digest.hex) \(container)"
            }
        }
    }

    private func layerCount() throws -> Int { try sample.store.facts().layerCount }

    private func expectEmpty() throws {
        #expect(try TreeLines.files(sample.path).map { $0.split(separator: "\t")[0] } == ["format.json", "lock"])
    }

    @Test func `A name goes and the image stays while it has another`() throws {
        let image = try MadeImage.single("1", tags: ["a:1", "a:2"])
        try sample.add(image)
        #expect(try remove("a:1") == ["untagged a:1"])
        #expect(try sample.store.resolve("a:2").record.id == image.id)
        #expect(try layerCount() == 1)
    }

    @Test func `The last name takes the image with it, and the stacks from the top`() throws {
        let image = try MadeImage([["one"], ["two"], ["three"]], tags: ["a"])
        try sample.add(image)
        let stacks = image.chainIDs.reversed().map { "layer \($0.digest.hex)" }
        #expect(try remove("a") == ["untagged a:latest", "image \(image.id.digest.hex)"] + stacks)
        try expectEmpty()
    }

    @Test("L-140: the stack of the specification's example has the ID that Docker prints")
    func chainID() throws {
        let digests = [
            "sha256:c6f988f4874bb0add23a778f753c65efe992244e148a1d2ec2a8b664fb66bbd1",
            "sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
        ]
        // The lower layer is not there: a record names it all the same.
        let image = MadeImage(tars: [[UInt8](repeating: 0, count: 1024)])
        let layers = try digests.map { text in
            let diffID = DiffID(try Digest(parsing: text))
            return ImageRecord.Layer(diffID: diffID, key: LayerKey(diffID), blobDigest: nil, blobByteCount: nil)
        }
        let record = ImageRecord(id: image.id, layers: layers, manifestDigest: nil, sourceFormat: "oci-archive")
        let document = StagedImage(record: record, configBytes: image.configBytes, manifestBytes: nil)
        try sample.store.begin().publish(layers: [], images: [document])
        #expect(
            try remove(image.shortID).dropFirst() == [
                "layer c3191d32a37d7159b2e30830937d2e30268ad6c375a773a8994911a3aba9b93f",
                "layer c6f988f4874bb0add23a778f753c65efe992244e148a1d2ec2a8b664fb66bbd1",
            ]
        )
    }

    @Test func `An ID takes all names of one repository along`() throws {
        let image = try MadeImage.single("1", tags: ["a:1", "a:2"])
        try sample.add(image)
        let events = try remove(image.shortID)
        #expect(events.prefix(3) == ["untagged a:1", "untagged a:2", "image \(image.id.digest.hex)"])
        try expectEmpty()
    }

    @Test func `An ID that several repositories have is a conflict unless it is forced`() throws {
        let image = try MadeImage.single("1", tags: ["a:1", "b:1"])
        try sample.add(image)
        let before = try TreeLines.files(sample.path)
        let error = #expect(throws: StorageError.self) { try remove(image.id.digest.hex) }
        #expect(error?.kind == .conflict)
        let reason = "unable to delete \(image.shortID) (must be forced) - image is referenced in multiple repositories"
        #expect(error?.description == "conflict: " + reason)
        #expect(try TreeLines.files(sample.path) == before)
        #expect(try remove(image.id.digest.hex, force: true).prefix(2) == ["untagged a:1", "untagged b:1"])
        try expectEmpty()
    }

    @Test func `A name with a digest takes the names of its repository`() throws {
        let image = try MadeImage.single("1", tags: ["a:1", "a:2", "b:1"])
        try sample.add(image, manifest: "{}")
        let digest = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        #expect(try remove("a@" + digest) == ["untagged a:1", "untagged a:2"])
        #expect(try sample.store.resolve("b:1").record.id == image.id)
    }

    @Test func `What another image needs stays: layers, stacks, blobs`() throws {
        let one = try MadeImage([["base"], ["middle"], ["one"]], tags: ["one"])
        let two = try MadeImage([["base"], ["middle"], ["two"]], tags: ["two"])
        let blobs = try ["b", "m", "1", "2"].map { BlobDigest(try MadeImage.single($0).diffIDs[0].digest) }
        try sample.add(one, blobs: [blobs[0], blobs[1], blobs[2]])
        try sample.add(two, blobs: [blobs[0], blobs[1], blobs[3]])
        #expect(try layerCount() == 4)
        let events = try remove("one")
        #expect(events == ["untagged one:latest", "image \(one.id.digest.hex)", "layer \(one.chainIDs[2].digest.hex)"])
        #expect(try layerCount() == 3)
        #expect(try blobs.map { try sample.store.hasBlob($0) } == [true, true, false, true])
        _ = try remove("two")
        try expectEmpty()
    }

    @Test func `A layer in another place of another image stays, its stack goes`() throws {
        let one = try MadeImage([["shared"]], tags: ["one"])
        let two = try MadeImage([["other"], ["shared"]], tags: ["two"])
        try sample.add(one)
        try sample.add(two)
        #expect(try remove("one").last == "layer \(one.chainIDs[0].digest.hex)")
        #expect(try sample.store.layer(two.diffIDs[1], in: two.chainIDs[1]) != nil)
    }

    @Test func `A look at what would go takes nothing`() throws {
        let image = try MadeImage.single("1", tags: ["a"])
        try sample.add(image)
        let before = try TreeLines.read(sample.path)
        let events = try remove("a", dryRun: true)
        #expect(try TreeLines.read(sample.path) == before)
        #expect(try remove("a") == events)
    }

    @Test func `Nothing of a layer goes while a damaged image may need it`() throws {
        let one = try MadeImage([["base"], ["one"]], tags: ["one"])
        let two = try MadeImage([["base"], ["two"]], tags: ["two"])
        try sample.add(one)
        try sample.add(two)
        try TestFile.damage(sample.imagePath(two.id) + "/image.json", at: 100)
        _ = try remove("one")
        #expect(try layerCount() == 3)
        #expect(!TestFile.exists(sample.imagePath(one.id)))
    }

    @Test func `What is not there is not removed`() throws {
        let error = #expect(throws: StorageError.self) { try remove("absent") }
        #expect(error?.kind == .notFound)
    }

    @Test func `A name that looks like an ID of another image takes the name`() throws {
        let (one, two) = (try MadeImage.single("1", tags: ["keep"]), try MadeImage.single("2", tags: ["two"]))
        try sample.add(one)
        try sample.add(two)
        let digits = String(two.id.digest.hex.prefix(6))
        _ = try sample.store.setName(SampleStore.reference(digits), to: one.id)
        #expect(try remove(digits) == ["untagged \(digits):latest"])
        #expect(try sample.store.images().images.count == 2)
    }

    @Test func `Trees that their owner cannot write go as well`() throws {
        let image = try MadeImage([["d/ 555", "d/e/ 0", "d/f=x 0"]], tags: ["a"])
        try sample.add(image)
        _ = try remove("a")
        try expectEmpty()
    }

    @Test func `Removals and loads at once do not fail each other`() throws {
        let sample = sample
        let images = try (0..<4).map { try MadeImage([["base"], ["d/", "d/own\($0)"]], tags: ["i\($0)"]) }
        try WorkerPool.run(workers: 4, jobs: 4) { job in
            for _ in 0..<10 {
                try sample.add(images[job])
                _ = try sample.reopened(.writing).remove("i\(job)", isForced: false, isDryRun: false)
            }
        }
        try expectEmpty()
    }
}
