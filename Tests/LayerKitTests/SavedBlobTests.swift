import ImageSpec
import LayerKit
import LayerModel
import LayerTestKit
import TestImages
import Testing

/// Stored bytes that were kept go out as they are, and the manifest with them; and damage never goes out.
@Suite struct SavedBlobTests {
    private func kept(_ fixture: ImageFixture) throws -> KitStore {
        let kit = try KitStore()
        var options = LoadOptions.platform("linux", "amd64")
        options.keepsBlobs = true
        try kit.load(fixture.path, options)
        return kit
    }

    /// The manifest's digest and the layers' blobs after a save and a load.
    private func saved(_ kit: KitStore, _ options: SaveOptions) throws -> (manifest: Digest?, blobs: [BlobDigest?]) {
        let id = try kit.imageIDs()[0]
        let file = try kit.file("saved", kit.saved([id], options))
        let oci = try KitStore()
        try oci.load(file, .platform("linux", "amd64"))
        let image = try oci.store.image(id)
        return (image.manifestDigest, image.layers.map(\.blobDigest))
    }

    @Test("With kept blobs the manifest's digest survives", arguments: [ImageFixture.ociGzip, .ociZstd, .ociLayout])
    func manifest(fixture: ImageFixture) throws {
        let kit = try kept(fixture)
        let image = try kit.store.image(kit.imageIDs()[0])
        let result = try saved(kit, SaveOptions(.ociArchive))
        #expect(result.manifest == image.manifestDigest)
        #expect(result.blobs == image.layers.map(\.blobDigest))
        let scratch = try ScratchDirectory()
        try kit.store.save([image.id.description], intoDirectory: scratch.path + "/oci")
        let hex = try #require(image.manifestDigest).hex
        #expect(TestFile.exists(scratch.path + "/oci/blobs/sha256/\(hex)"))
    }

    @Test func `Without kept blobs the layers are plain, and the manifest is another`() throws {
        let kit = try KitStore()
        try kit.load(ImageFixture.ociGzip.path, .platform("linux", "amd64"))
        let image = try kit.store.image(kit.imageIDs()[0])
        let result = try saved(kit, SaveOptions(.ociArchive))
        #expect(result.manifest != image.manifestDigest)
        #expect(result.blobs == image.layers.map { BlobDigest($0.diffID.digest) })
    }

    @Test func `Docker's form carries kept gzip layers, and zstd layers as plain ones`() throws {
        let gzip = try kept(.ociGzip)
        let image = try gzip.store.image(gzip.imageIDs()[0])
        #expect(try saved(gzip, SaveOptions(.dockerArchive)).blobs == image.layers.map(\.blobDigest))
        let zstd = try kept(.ociZstd)
        let plain = try zstd.store.image(zstd.imageIDs()[0]).layers.map { BlobDigest($0.diffID.digest) }
        #expect(try saved(zstd, SaveOptions(.dockerArchive)).blobs == plain)
    }

    @Test func `A compression that is asked for decides whether kept bytes are used`() throws {
        let kit = try kept(.ociGzip)
        let image = try kit.store.image(kit.imageIDs()[0])
        let plain = image.layers.map { BlobDigest($0.diffID.digest) }
        #expect(try saved(kit, SaveOptions(.ociArchive, .uncompressed)).blobs == plain)
        #expect(try saved(kit, SaveOptions(.ociArchive, .gzip(level: 9))).blobs == image.layers.map(\.blobDigest))
        let zstd = try saved(kit, SaveOptions(.ociArchive, .zstd(level: 1))).blobs
        #expect(Set(zstd).isDisjoint(with: plain + image.layers.map(\.blobDigest)))
    }

    @Test("A kept blob that is damaged ends the save, and is named")
    func damagedBlob() throws {
        let kit = try kept(.ociGzip)
        let image = try kit.store.image(kit.imageIDs()[0])
        let hex = try #require(image.layers[0].blobDigest).digest.hex
        try TestFile.damage("\(kit.path)/blobs/sha256/\(hex)", at: 40)
        let error = #expect(throws: LayerError.self) {
            try kit.saved([image.id.description], SaveOptions(.ociArchive))
        }
        #expect(error?.code == .corrupt)
        #expect(error?.message.contains(hex) == true)
    }

    private static let choices: [SaveOptions] = [
        SaveOptions(.dockerArchive), SaveOptions(.ociArchive, .gzip(level: 1)),
        SaveOptions(.ociArchive, .zstd(level: 1)),
    ]

    @Test("A file of another content of the same length ends the save, and is named", arguments: choices)
    func damagedContent(options: SaveOptions) throws {
        let kit = try KitStore()
        let image = try MadeImage([["d/a=one", "d/file=content", "e=two"], ["f=3"]], tags: ["app:1"])
        try kit.load([image])
        let path = "\(kit.path)/layers/sha256/\(try #require(try kit.layerKeys(withFile: "d/file").first))/tree/d/file"
        try TestFile.damage(path, at: 0)
        let error = #expect(throws: LayerError.self) { try kit.saved(["app:1"], options) }
        #expect(error?.code == .corrupt)
        #expect(error?.message.contains(image.diffIDs[0].description) == true)
        #expect(error?.message.contains(#"layer file "d/file" is damaged"#) == true, "\(error?.message ?? "")")
    }

    @Test func `A file that is gone ends the save, and is named`() throws {
        let kit = try KitStore()
        try kit.load([try MadeImage([["d/file=content"]], tags: ["app:1"])])
        let key = try #require(try kit.layerKeys(withFile: "d/file").first)
        try TestFile.remove("\(kit.path)/layers/sha256/\(key)/tree/d/file")
        let error = #expect(throws: LayerError.self) { try kit.saved(["app:1"]) }
        #expect(error?.code == .corrupt)
        #expect(error?.message.contains(#"layer file "d/file" is damaged: No such file"#) == true)
        let scratch = try ScratchDirectory()
        #expect(throws: LayerError.self) { try kit.store.save(["app:1"], intoDirectory: scratch.path + "/oci") }
        #expect(try TestFile.list(scratch.path) == [])
        #expect(try TestFile.list(kit.path + "/staging") == [])
    }

    @Test func `A layer that is gone ends the save before anything is written`() throws {
        let kit = try KitStore()
        try kit.load([try MadeImage([["d/file=content"]], tags: ["app:1"])])
        try TestFile.remove("\(kit.path)/layers/sha256/\(try kit.layerKeys()[0])")
        var count = 0
        let error = #expect(throws: LayerError.self) { try kit.store.save(["app:1"]) { count += $0.count } }
        #expect(error?.code == .corrupt)
        #expect(count == 0)
    }

    @Test(
        "What compresses is read as it is written",
        arguments: [
            ("none", BlobCompression.uncompressed), ("gzip", .gzip(level: 4)), ("gzip:1", .gzip(level: 1)),
            ("zstd", .zstd(level: 3)), ("zstd:19", .zstd(level: 19)), ("gzip:0", nil), ("gzip:10", nil),
            ("zstd:20", nil), ("none:1", nil), ("gzip:", nil), ("gzip:x", nil), ("xz", nil), ("", nil),
        ] as [(String, BlobCompression?)]
    )
    func compression(text: String, expected: BlobCompression?) {
        #expect(BlobCompression(text) == expected)
    }
}

extension KitStore {
    /// The layers that have a file.
    fileprivate func layerKeys(withFile name: String) throws -> [String] {
        try layerKeys().filter { TestFile.exists("\(path)/layers/sha256/\($0)/tree/\(name)") }
    }
}
