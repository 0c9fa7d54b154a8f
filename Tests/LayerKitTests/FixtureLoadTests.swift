import ImageSpec
import LayerKit
import LayerModel
import LayerTestKit
import TestImages
import Testing

/// Contract 3.6: whatever form an image comes in, the same image is in the store, and what is there is not read again.
@Suite struct FixtureLoadTests {
    private static let amd64 = LoadOptions.platform("linux", "amd64")

    /// What the app image is loaded from, and whether the file has its names.
    private func expectApp(_ image: ImageDetails, _ facts: FixtureFacts) throws {
        #expect(image.id.description == facts.imageID)
        #expect(image.layers.map(\.diffID.description) == facts.layers.map(\.diffID))
        #expect(image.layers.map(\.size?.treeByteCount) == facts.layers.map(\.treeByteCount))
        // The facts count names of regular files, the store all but directories and whiteouts.
        #expect(image.layers.map(\.size?.fileCount) == [28, 3, 12, 0, 6, 3, 0])
        let rows = try image.history()
        #expect(rows.count == facts.historyCount)
        #expect(rows.compactMap(\.layer?.diffID.description).reversed() == facts.layers.map(\.diffID))
        #expect(rows.first?.imageID == image.id)
        #expect(rows.dropFirst().allSatisfy { $0.imageID == nil })
    }

    @Test("The app image is the same in the store from every form of file", arguments: ImageFixture.app)
    func app(fixture: ImageFixture) throws {
        let facts = try FixtureFacts.read()
        let kit = try KitStore()
        let report = try kit.load(fixture.path, Self.amd64)
        #expect(report.images.map(\.id.description) == [facts.imageID])
        #expect(report.unpackedLayerCount == 6)
        #expect(report.presentLayerCount == 0)
        #expect(report.images[0].replaced.isEmpty)
        let image = try kit.store.image(facts.imageID)
        try expectApp(image, facts)
        let names = report.images[0].references.map(\.familiar)
        #expect(image.references.map(\.familiar) == names.sorted())
        #expect(Set(names).isSubset(of: facts.references))
        #expect(names.isEmpty == (fixture == .podmanDockerDirectory))
        for name in names { #expect(try kit.store.image(name).id == image.id) }
    }

    @Test("A second load reads no layer and changes nothing", arguments: ImageFixture.app)
    func again(fixture: ImageFixture) throws {
        let kit = try KitStore()
        try kit.load(fixture.path, Self.amd64)
        let before = try TreeLines.files(kit.path)
        let report = try kit.load(fixture.path, Self.amd64)
        #expect(report.unpackedLayerCount == 0)
        #expect(report.presentLayerCount == 6)
        #expect(try TreeLines.files(kit.path) == before)
    }

    @Test func `The app image from every form of file after another is one image`() throws {
        let facts = try FixtureFacts.read()
        let kit = try KitStore()
        for fixture in ImageFixture.app {
            let report = try kit.load(fixture.path, Self.amd64)
            #expect(report.unpackedLayerCount == (fixture == ImageFixture.app[0] ? 6 : 0))
        }
        #expect(try kit.store.images().images.count == 1)
        #expect(try kit.layerKeys().count == 6)
        try expectApp(kit.store.image(facts.references[0]), facts)
    }

    @Test func `An archive from before Docker 1_10 gives the same layers`() throws {
        let facts = try FixtureFacts.read()
        let kit = try KitStore()
        let report = try kit.load(ImageFixture.dockerLegacy.path)
        let image = try kit.store.image(try #require(report.images.first).id.description)
        #expect(image.references.map(\.familiar).allSatisfy(facts.references.contains))
        #expect(Set(image.layers.map(\.diffID.description)) == Set(facts.layers.map(\.diffID)))
        #expect(try image.history().count == facts.historyCount)
    }

    @Test(
        "Every small image loads, and what its file says of sizes is what lies in the store",
        arguments: ImageFixture.variants.filter { $0 != .hardLinkForward }
    )
    func variants(fixture: ImageFixture) throws {
        let kit = try KitStore()
        let report = try kit.load(fixture.path)
        let loaded = try kit.store.image(try #require(report.images.first).id.description)
        let archive = try ArchiveImages(.file(fixture.path))
        let measured = try archive.measuring(archive.onlyImage())
        #expect(measured.id == loaded.id)
        #expect(measured.references == loaded.references)
        // What a link into the layer below brings along is known when that layer is there.
        if fixture != .hardLinkBelow { #expect(measured.layers.map(\.size) == loaded.layers.map(\.size)) }
        #expect(measured.layers.map(\.diffID) == loaded.layers.map(\.diffID))
        #expect(try measured.history().map(\.createdBy) == loaded.history().map(\.createdBy))
        #expect(measured.config.bytes == loaded.config.bytes)
        #expect(measured.sourceFormat == loaded.sourceFormat)
        #expect(try kit.load(fixture.path).unpackedLayerCount == 0)
    }

    @Test("The sizes that a file's layers are measured at are those of the fixture", arguments: ImageFixture.app)
    func measuring(fixture: ImageFixture) throws {
        let archive = try ArchiveImages(.file(fixture.path), platform: Platform(os: "linux", architecture: "amd64"))
        try expectApp(archive.measuring(archive.onlyImage()), FixtureFacts.read())
        try expectApp(archive.measuring(archive.onlyImage(), workerCount: 1), FixtureFacts.read())
        let total = try FixtureFacts.read().layers.reduce(0) { $0 + $1.treeByteCount }
        #expect(try archive.measuring(archive.onlyImage()).treeByteCount == total)
        #expect(try archive.onlyImage().treeByteCount == nil)
    }

    @Test(
        "Two images of one file are both loaded, in its order",
        arguments: [ImageFixture.twoImagesDocker, .twoImagesDockerV25, .twoImagesOCI]
    )
    func twoImages(fixture: ImageFixture) throws {
        let kit = try KitStore()
        let report = try kit.load(fixture.path)
        #expect(report.images.count == 2)
        let archive = try ArchiveImages(.file(fixture.path))
        #expect(report.images.map(\.id) == archive.images.map(\.id))
        #expect(try kit.store.images().images.count == 2)
        // The lower layer of the second is the only one of the first.
        #expect(report.unpackedLayerCount == 2)
        let error = #expect(throws: LayerError.self) { try archive.onlyImage() }
        #expect(error?.code == .conflict)
    }

    @Test func `L-143: a layer of no bytes at all is a layer`() throws {
        let kit = try KitStore()
        let report = try kit.load(ImageFixture.zeroByteLayer.path)
        let image = try kit.store.image(try #require(report.images.first).id.description)
        #expect(image.layers[0].diffID.description.hasPrefix("sha256:e3b0c44298fc1c14"))
        #expect(image.layers[0].size == LayerSize(treeByteCount: 0, fileCount: 0))
    }

    @Test func `The documents in the store are those of the file, byte for byte`() throws {
        let facts = try FixtureFacts.read()
        let kit = try KitStore()
        try kit.load(ImageFixture.ociLayout.path)
        let image = "\(kit.path)/images/sha256/\(facts.imageID.dropFirst(7))"
        let blobs = ImageFixture.ociLayout.path + "/blobs/sha256/"
        #expect(try TestFile.read(image + "/config.json") == TestFile.read(blobs + facts.imageID.dropFirst(7)))
        let manifest = try #require(try kit.store.image(facts.imageID).manifestDigest)
        #expect(try TestFile.read(image + "/manifest.json") == TestFile.read(blobs + manifest.hex))
    }
}
