import ImageSpec
import LayerKit
import LayerModel
import LayerTestKit
import TestImages
import Testing

/// What a load can be asked for.
@Suite struct LoadOptionTests {
    private func options(name: String) throws -> LoadOptions {
        var options = LoadOptions()
        options.name = try ImageReference(parsing: name)
        return options
    }

    @Test func `A name that is asked for is given instead of the file's`() throws {
        let kit = try KitStore()
        let report = try kit.load(ImageFixture.mini.path, options(name: "other/name:2"))
        #expect(report.images[0].references.map(\.familiar) == ["other/name:2"])
        #expect(try kit.store.images().images[0].references.map(\.familiar) == ["other/name:2"])
    }

    @Test func `A name for a file of two images is refused, for one of them it is not`() throws {
        let kit = try KitStore()
        let error = #expect(throws: LayerError.self) {
            try kit.load(ImageFixture.twoImagesDocker.path, options(name: "x:1"))
        }
        #expect(error?.code == .usage)
        #expect(try kit.contents().count == 2)
        let report = try kit.load(ImageFixture.twoImagesDocker.path + ":@1", options(name: "x:1"))
        #expect(report.images.count == 1)
        #expect(try kit.store.image("x:1").id == report.images[0].id)
    }

    @Test("One image of a file is chosen by its place or its name", arguments: ["@0", "@1"])
    func selected(selector: String) throws {
        let all = try ArchiveImages(.file(ImageFixture.twoImagesOCI.path)).images
        let expected = all[selector == "@0" ? 0 : 1]
        for text in [selector, expected.references[0].familiar] {
            let kit = try KitStore()
            let report = try kit.load("\(ImageFixture.twoImagesOCI.path):\(text)")
            #expect(report.images.map(\.id) == [expected.id])
        }
    }

    @Test func `A choice that the file does not have is not found`() throws {
        let kit = try KitStore()
        for text in ["@2", "absent:1"] {
            let error = #expect(throws: LayerError.self) { try kit.load("\(ImageFixture.twoImagesOCI.path):\(text)") }
            #expect(error?.code == .notFound)
        }
    }

    @Test func `The platform that is asked for is loaded`() throws {
        let kit = try KitStore()
        let facts = try FixtureFacts.read()
        let arm = try kit.load(ImageFixture.multiPlatform.path, .platform("linux", "arm64"))
        #expect(arm.images[0].id.description != facts.imageID)
        #expect(try kit.store.image(arm.images[0].id.description).config.architecture == "arm64")
        let amd = try kit.load(ImageFixture.multiPlatform.path, .platform("linux", "amd64"))
        #expect(amd.images[0].id.description == facts.imageID)
    }

    @Test(
        "A platform that is not in the file is not found",
        arguments: [("linux", "riscv64"), ("windows", "amd64"), ("linux", "mips")]
    )
    func absentPlatform(os: String, architecture: String) throws {
        let kit = try KitStore()
        let error = #expect(throws: LayerError.self) {
            try kit.load(ImageFixture.multiPlatform.path, .platform(os, architecture))
        }
        #expect(error?.code == .notFound, "\(error?.message ?? "")")
        #expect(try kit.contents().count == 2)
    }

    @Test func `A platform that the file names without having it is damage`() throws {
        let kit = try KitStore()
        let error = #expect(throws: LayerError.self) {
            try kit.load(ImageFixture.multiPlatform.path, .platform("linux", "s390x"))
        }
        #expect(error?.code == .corrupt)
        #expect(error?.message.contains("the manifest's blob is not in the archive") == true)
    }

    @Test func `An image for Windows loads for who asks for it`() throws {
        let kit = try KitStore()
        let error = #expect(throws: LayerError.self) { try kit.load(ImageFixture.windows.path) }
        #expect(error?.code == .notFound)
        let report = try kit.load(ImageFixture.windows.path, .platform("windows", "amd64"))
        #expect(try kit.store.image(report.images[0].id.description).config.osVersion == "10.0.17763.1")
    }

    @Test(
        "Blobs are kept as they came when that is asked for",
        arguments: [ImageFixture.ociGzip, .ociZstd, .dockerV24]
    )
    func blobs(fixture: ImageFixture) throws {
        var options = LoadOptions.platform("linux", "amd64")
        let kit = try KitStore()
        try kit.load(fixture.path, options)
        #expect(try kit.contents().allSatisfy { !$0.hasPrefix("blobs/") })
        options.keepsBlobs = true
        // The layers are there, their bytes are not: they are fetched all the same.
        #expect(try kit.load(fixture.path, options).unpackedLayerCount == 0)
        let kept = try TestFile.list(kit.path + "/blobs/sha256")
        let image = try kit.store.image(FixtureFacts.read().imageID)
        #expect(Set(kept) == Set(image.layers.compactMap { $0.blobDigest?.digest.hex }))
        for name in kept {
            let bytes = try TestFile.read(kit.path + "/blobs/sha256/" + name)
            #expect(MadeImage(tars: [bytes]).diffIDs[0].digest.hex == name)
        }
        let before = try kit.contents()
        try kit.load(fixture.path, options)
        #expect(try kit.contents() == before)
        _ = try kit.store.remove(image.id.description, isForced: true)
        #expect(try kit.contents().count == 2)
    }

    @Test func `Blobs that are kept of an image in another compression are the image's, and go with it`() throws {
        var options = LoadOptions.platform("linux", "amd64")
        let kit = try KitStore()
        try kit.load(ImageFixture.ociGzip.path, options)
        options.keepsBlobs = true
        try kit.load(ImageFixture.ociZstd.path, options)
        let image = try kit.store.image(FixtureFacts.read().imageID)
        let kept = try TestFile.list(kit.path + "/blobs/sha256")
        #expect(Set(kept) == Set(image.layers.compactMap { $0.blobDigest?.digest.hex }))
        try kit.load(ImageFixture.ociGzip.path, options)
        _ = try kit.store.remove(image.id.description, isForced: true)
        #expect(try kit.contents().count == 2)
    }

    @Test("Any number of workers gives the same store", arguments: [1, 2, 7, 64])
    func workers(count: Int) throws {
        var options = LoadOptions()
        options.workerCount = count
        let (one, other) = (try KitStore(), try KitStore())
        try one.load(ImageFixture.dockerV24.path)
        try other.load(ImageFixture.dockerV24.path, options)
        let records = ["layer.json", "image.json", "names/"]
        func trees(_ kit: KitStore) throws -> [String] {
            try kit.contents().filter { line in !records.contains { line.contains($0) } }
        }
        #expect(try trees(one) == trees(other))
    }
}
