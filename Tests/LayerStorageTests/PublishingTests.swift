import ImageSpec
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerStorage

/// What is published is found whole or not at all, and what is damaged gives way to what is whole.
@Suite struct PublishingTests {
    /// A way to damage a layer's directory.
    enum Damage: String, CaseIterable {
        case noRecord, noIndex, noTree, shortIndex, turnedByte, emptyRecord, otherRecord
        case recordIsDirectory, treeIsFile, layerIsFile, noDirectory

        /// Does it.
        func apply(_ path: String) throws {
            switch self {
            case .noRecord: try TestFile.remove(path + "/layer.json")
            case .noIndex: try TestFile.remove(path + "/index")
            case .noTree: try TestFile.remove(path + "/tree")
            case .shortIndex: try TestFile.write(TestFile.read(path + "/index").dropLast(), to: path + "/index")
            case .turnedByte: try TestFile.damage(path + "/layer.json", at: 150)
            case .emptyRecord: try TestFile.write([], to: path + "/layer.json")
            case .otherRecord: try RecordFile.replace(["a": 1], "layer.json", in: Directory(path: path))
            case .recordIsDirectory:
                try TestFile.remove(path + "/layer.json")
                try Directory(path: path).makeDirectory("layer.json")
            case .treeIsFile:
                try TestFile.remove(path + "/tree")
                try TestFile.write([], to: path + "/tree")
            case .layerIsFile:
                try TestFile.remove(path)
                try TestFile.write([], to: path)
            case .noDirectory: try TestFile.remove(path)
            }
        }
    }

    @Test("A damaged layer does not exist, and the next load puts a whole one in its place", arguments: Damage.allCases)
    func damagedLayer(damage: Damage) throws {
        let sample = try SampleStore()
        let image = try MadeImage.single("content", tags: ["app"])
        try sample.add(image)
        let whole = try TreeLines.files(sample.path)
        let path = sample.layerPath(image.diffIDs[0])
        try damage.apply(path)
        #expect(try sample.store.layer(image.diffIDs[0], in: image.chainIDs[0]) == nil)
        #expect(try sample.store.facts().layerCount == 0)
        #expect(try sample.store.images().images.map(\.record.id) == [image.id])
        try sample.add(image)
        #expect(try sample.store.layer(image.diffIDs[0], in: image.chainIDs[0]) != nil)
        // All is as it was; the times of records are those of the repair.
        func contents(_ lines: [String]) -> [[Substring]] {
            lines.map { line in
                let columns = line.split(separator: "\t")
                return [columns[0], columns[1], columns[2], columns[6]]
            }
        }
        #expect(try contents(TreeLines.files(sample.path)) == contents(whole))
    }

    @Test func `A layer that is published again stays the one that it is`() throws {
        let sample = try SampleStore()
        let image = try MadeImage.single("content")
        try sample.add(image)
        let path = sample.layerPath(image.diffIDs[0])
        let identity = try Directory(path: path).status().identity
        try sample.add(image)
        #expect(try Directory(path: path).status().identity == identity)
        #expect(try TestFile.list(sample.path + "/layers/sha256").count == 1)
    }

    @Test func `A layer that is not self-contained is found in its own stack only`() throws {
        let sample = try SampleStore()
        let image = try MadeImage([["a/", "a/one=1"], ["b=2"]])
        let transaction = try sample.store.begin()
        let upper = try sample.stage(image, 1, in: transaction, isSelfContained: false)
        let lower = try sample.stage(image, 0, in: transaction)
        try transaction.publish(layers: [lower, upper], images: [])
        #expect(upper.key == LayerKey(image.chainIDs[1]))
        #expect(try sample.store.layer(image.diffIDs[1], in: image.chainIDs[1])?.chainID == image.chainIDs[1])
        #expect(try sample.store.layer(image.diffIDs[1], in: ChainID(image.diffIDs[1].digest)) == nil)
        #expect(try sample.store.layer(image.diffIDs[0], in: image.chainIDs[1]) != nil)
    }

    @Test func `The lowest layer of a stack is not taken for one that is fit for any`() throws {
        let sample = try SampleStore()
        let image = try MadeImage.single("content")
        let transaction = try sample.store.begin()
        let layer = try sample.stage(image, 0, in: transaction, isSelfContained: false)
        try transaction.publish(layers: [layer], images: [])
        #expect(image.chainIDs[0].digest == image.diffIDs[0].digest)
        #expect(try sample.store.layer(image.diffIDs[0], in: image.chainIDs[0]) != nil)
        let elsewhere = try MadeImage([["below"], ["file=content"]])
        #expect(elsewhere.diffIDs[1] == image.diffIDs[0])
        #expect(try sample.store.layer(elsewhere.diffIDs[1], in: elsewhere.chainIDs[1]) == nil)
    }

    @Test func `The documents of an image are kept byte for byte, and the first ones stay`() throws {
        let sample = try SampleStore()
        let image = try MadeImage.single("content")
        try sample.add(image, manifest: "{ \"schemaVersion\":2 }\n")
        let path = sample.imagePath(image.id)
        #expect(try TestFile.list(path) == ["config.json", "image.json", "manifest.json"])
        #expect(try TestFile.read(path + "/config.json") == image.configBytes)
        #expect(try TestFile.read(path + "/manifest.json") == Array("{ \"schemaVersion\":2 }\n".utf8))
        try sample.add(image)
        try sample.add(image, manifest: "{}")
        #expect(try TestFile.read(path + "/manifest.json") == Array("{ \"schemaVersion\":2 }\n".utf8))
    }

    @Test func `An image without a manifest gets the one that a later load brings`() throws {
        let sample = try SampleStore()
        let image = try MadeImage.single("content")
        try sample.add(image)
        #expect(try TestFile.list(sample.imagePath(image.id)) == ["config.json", "image.json"])
        try sample.add(image, manifest: "{}")
        #expect(try sample.store.storedImage(image.id)?.record.manifestDigest?.digest.hex.hasPrefix("44136fa3") == true)
    }

    @Test("A damaged image is a problem line, and the next load heals it", arguments: ["config.json", "image.json"])
    func damagedImage(document: String) throws {
        let sample = try SampleStore()
        let (image, other) = (try MadeImage.single("1", tags: ["one"]), try MadeImage.single("2", tags: ["two"]))
        try sample.add(image)
        try sample.add(other)
        let path = sample.imagePath(image.id) + "/" + document
        try TestFile.damage(path, at: 20)
        let listing = try sample.store.images()
        #expect(listing.images.map(\.record.id) == [other.id])
        #expect(listing.problems.count == 1)
        #expect(listing.problems.first?.hasPrefix(path + ": ") == true)
        let error = #expect(throws: StorageError.self) { try sample.store.resolve("one") }
        #expect(error?.kind == .corrupt)
        #expect(try sample.store.resolve("two").record.id == other.id)
        try sample.add(image)
        #expect(try sample.store.images().problems == [])
        #expect(try sample.store.resolve("one").record.id == image.id)
    }

    @Test("A document that is a directory takes nothing else away", arguments: ["config.json", "image.json"])
    func directoryForDocument(document: String) throws {
        let sample = try SampleStore()
        let (image, other) = (try MadeImage.single("1", tags: ["one"]), try MadeImage.single("2", tags: ["two"]))
        try sample.add(image)
        try sample.add(other)
        let path = sample.imagePath(image.id)
        try TestFile.remove(path + "/" + document)
        try Directory(path: path).makeDirectory(document)
        let listing = try sample.store.images()
        #expect(listing.images.map(\.record.id) == [other.id])
        #expect(listing.problems.count == 1)
        try sample.add(image)
        #expect(try sample.store.images().problems == [])
    }

    @Test func `An image whose record is of another image is damaged`() throws {
        let sample = try SampleStore()
        let (image, other) = (try MadeImage.single("1"), try MadeImage.single("2"))
        try sample.add(image)
        try sample.add(other)
        try TestFile.remove(sample.imagePath(image.id) + "/image.json")
        let bytes = try TestFile.read(sample.imagePath(other.id) + "/image.json")
        try TestFile.write(bytes, to: sample.imagePath(image.id) + "/image.json")
        #expect(try sample.store.images().problems.count == 1)
    }

    @Test func `Names that are no digests are passed over`() throws {
        let sample = try SampleStore()
        let image = try MadeImage.single("1")
        try sample.add(image)
        for name in ["lost+found", "ABCDEF", String(repeating: "g", count: 64), "ab"] {
            try Directory(path: sample.path + "/images/sha256").makeDirectory(name)
            try Directory(path: sample.path + "/layers/sha256").makeDirectory(name)
        }
        #expect(try sample.store.images().images.map(\.record.id) == [image.id])
        #expect(try sample.store.images().problems == [])
        #expect(try sample.store.facts().layerCount == 1)
    }

    @Test func `Images are listed with the newest first, those of one time by their IDs, those without one last`()
        throws
    {
        let sample = try SampleStore()
        var images = try ["a", "b", "c", "d"].map { try MadeImage.single($0) }
        images[0].created = nil
        images[1].created = "2024-01-01T00:00:00Z"
        images[2].created = "2024-01-01T00:00:00Z"
        images[3].created = "2024-01-01T00:00:00.5+00:00"
        for image in images { try sample.add(image) }
        let equal = images[1...2].map(\.id).sorted { $0.description < $1.description }
        #expect(try sample.store.images().images.map(\.record.id) == [images[3].id] + equal + [images[0].id])
    }
}
