import ImageSpec
import LayerModel
import LayerSystem
import LayerTestKit
import LayerTree
import Testing

@testable import LayerStorage

/// Work on a store is invisible until it is published, and leaves nothing when it is given up.
@Suite struct TransactionTests {
    private func staging(_ sample: SampleStore) throws -> [String] { try TestFile.list(sample.path + "/staging") }

    @Test func `Nothing is seen before it is published, and all of it after`() throws {
        let sample = try SampleStore()
        let image = try MadeImage([["a/", "a/one=1"], ["a/", "a/two=2"]])
        let transaction = try sample.store.begin()
        let layers = try (0..<2).map { try sample.stage(image, $0, in: transaction) }
        let other = try sample.reopened()
        #expect(try other.images().images.isEmpty)
        #expect(try other.layer(image.diffIDs[0], in: image.chainIDs[0]) == nil)
        #expect(try other.facts().layerCount == 0)
        try transaction.publish(layers: layers, images: [sample.document(image)])
        for number in 0..<2 {
            let record = try #require(try other.layer(image.diffIDs[number], in: image.chainIDs[number]))
            #expect(record.summary.diffID == image.diffIDs[number])
            #expect(record.summary.fileCount == 1)
            #expect(record.summary.tarByteCount == Int64(image.layers[number].count))
        }
        let found = try #require(try other.images().images.first)
        #expect(found.record == sample.document(image).record)
        #expect(found.config.bytes == image.configBytes)
        #expect(found.names.isEmpty)
        #expect(try other.facts().layerByteCount == 2)
    }

    @Test func `A transaction that is given up leaves nothing`() throws {
        let sample = try SampleStore()
        let before = try TreeLines.files(sample.path)
        do {
            let transaction = try sample.store.begin()
            _ = try sample.stage(MadeImage.single("x"), 0, in: transaction)
            #expect(try staging(sample).count == 1)
        }
        #expect(try staging(sample) == [])
        #expect(try TreeLines.files(sample.path) == before)
    }

    @Test func `A transaction that was published leaves nothing in the staging directory`() throws {
        let sample = try SampleStore()
        try sample.add(MadeImage.single("x"))
        #expect(try staging(sample) == [])
    }

    @Test("What dead processes left goes when nobody is at work", arguments: ["staging", "trash"])
    func leftovers(place: String) throws {
        let sample = try SampleStore()
        let root = try Directory(path: sample.path)
        let left = try root.open(place).openOrMakeDirectory("0123").openOrMakeDirectory("tree")
        try left.createFile("file").write([1])
        try root.open(place).createFile("file").write([1])
        do {
            // Another process at work counts on all that is there.
            let other = try root.lock(file: "lock", .shared)
            let transaction = try sample.store.begin()
            #expect(TestFile.exists("\(sample.path)/\(place)/0123/tree/file"))
            withExtendedLifetime((other, transaction)) {}
        }
        _ = try sample.store.begin()
        #expect(try TestFile.list("\(sample.path)/\(place)") == [])
    }

    @Test func `Those who look do not clean`() throws {
        let sample = try SampleStore()
        try TestFile.write([1], to: sample.path + "/staging/file")
        _ = try sample.reopened(.reading).images()
        _ = try sample.reopened(.writing).images()
        #expect(try staging(sample) == ["file"])
    }

    @Test func `Two transactions work side by side, each in a directory of its own`() throws {
        let sample = try SampleStore()
        let (first, second) = (try sample.store.begin(), try sample.reopened(.writing).begin())
        let (one, two) = (try MadeImage.single("1"), try MadeImage.single("2"))
        let layers = (try sample.stage(one, 0, in: first), try sample.stage(two, 0, in: second))
        #expect(try staging(sample).count == 2)
        try second.publish(layers: [layers.1], images: [sample.document(two)])
        try first.publish(layers: [layers.0], images: [sample.document(one)])
        #expect(try sample.store.images().images.count == 2)
    }
}
