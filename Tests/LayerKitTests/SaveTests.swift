import ImageSpec
import LayerKit
import LayerModel
import LayerTestKit
import TestImages
import Testing

/// Contract L-97: what was loaded goes out as it came in, in every form.
@Suite struct SaveTests {
    private static let amd64 = LoadOptions.platform("linux", "amd64")
    static let fixtures =
        ImageFixture.app + ImageFixture.variants.filter { $0 != .hardLinkForward }
        + [.dockerLegacy, .twoImagesDocker, .twoImagesDockerV25, .twoImagesOCI]
    static let choices: [SaveOptions] = [
        SaveOptions(.dockerArchive), SaveOptions(.dockerLegacy), SaveOptions(.ociArchive),
        SaveOptions(.dockerArchive, .gzip(level: 1)),
        SaveOptions(.ociArchive, .zstd(level: 1)),
    ]

    private static let forms: [SaveFormat: String] = [
        .dockerArchive: "docker-hybrid", .dockerLegacy: "docker-archive", .ociArchive: "oci-archive",
    ]

    private func options(_ fixture: ImageFixture) -> LoadOptions {
        ImageFixture.app.contains(fixture) ? Self.amd64 : LoadOptions()
    }

    /// Names and layers of all images.
    private func facts(_ kit: KitStore) throws -> [String] {
        try kit.store.images().images.map { image in
            let names = image.references.map(\.familiar)
            return "\(image.id) \(names) \(image.layers.map { "\($0.diffID) \(String(describing: $0.size))" })"
        }.sorted()
    }

    /// What saves all images of a store: each name, and the IDs of those that have none.
    private func arguments(_ kit: KitStore) throws -> [String] {
        try kit.store.images().images.flatMap { image in
            image.references.isEmpty ? [image.id.description] : image.references.map(\.familiar)
        }
    }

    @Test("Every fixture that is loaded, saved and loaded again is the same image", arguments: fixtures)
    func roundTrip(fixture: ImageFixture) throws {
        let kit = try KitStore()
        try kit.load(fixture.path, options(fixture))
        let arguments = try arguments(kit)
        for options in Self.choices {
            let archive = try kit.saved(arguments, options)
            #expect(try kit.saved(arguments, options) == archive, "\(options) twice")
            let other = try KitStore()
            let report = try other.load(other.file("saved", archive), self.options(fixture))
            #expect(try facts(other) == facts(kit), "\(options)")
            let loaded = try other.store.image(report.images[0].id.description)
            #expect(loaded.sourceFormat == Self.forms[options.format])
            #expect(try loaded.config.bytes == kit.store.image(loaded.id.description).config.bytes)
        }
    }

    @Test("Every fixture as a directory is the same image", arguments: [ImageFixture.dockerV24, .twoImagesOCI])
    func directory(fixture: ImageFixture) throws {
        let kit = try KitStore()
        try kit.load(fixture.path, Self.amd64)
        let scratch = try ScratchDirectory()
        try kit.store.save(arguments(kit), intoDirectory: scratch.path + "/oci")
        #expect(try TestFile.list(scratch.path) == ["oci"])
        #expect(try TestFile.list(scratch.path + "/oci") == ["blobs", "index.json", "oci-layout"])
        let other = try KitStore()
        try other.load(scratch.path + "/oci", Self.amd64)
        #expect(try facts(other) == facts(kit))
        let error = #expect(throws: LayerError.self) {
            try kit.store.save(arguments(kit), intoDirectory: scratch.path + "/oci")
        }
        #expect(error?.code == .conflict)
        #expect(try TestFile.list(scratch.path) == ["oci"])
    }

    @Test("However many work, the bytes are the same", arguments: [BlobCompression.gzip(level: 6), .zstd(level: 3)])
    func workers(compression: BlobCompression) throws {
        let kit = try KitStore()
        try kit.load(ImageFixture.dockerV24.path)
        var options = SaveOptions(.ociArchive, compression)
        options.workerCount = 1
        let one = try kit.saved(arguments(kit), options)
        options.workerCount = 4
        #expect(try kit.saved(arguments(kit), options) == one)
    }

    @Test func `Layers that several images share are written once`() throws {
        let kit = try KitStore()
        let base = (0..<4000).map { "f\($0)=shared" }
        let one = try MadeImage([base, ["a=1"]], tags: ["one:1"])
        let two = try MadeImage([base, ["b=2"]], tags: ["two:1"])
        try kit.load([one, two])
        let both = try kit.saved(["one:1", "two:1"])
        #expect(both.count < one.layers[0].count * 3 / 2)
        let other = try KitStore()
        try other.load(other.file("both.tar", both))
        #expect(try other.imageIDs() == kit.imageIDs())
        #expect(try kit.saved(["one:1", "two:1", "one:1"]) == both)
        #expect(try kit.saved(["two:1", "one:1"]) != both)
    }

    @Test func `A name without a tag stands for all tags, an ID for none`() throws {
        let kit = try KitStore()
        let image = try MadeImage([["a=1"]], tags: ["app:1", "app:2", "other:1"])
        try kit.load([image, try MadeImage([["b=1"]], tags: ["app:3"])])
        func names(_ arguments: [String]) throws -> [[String]] {
            let file = try kit.file("named.tar", kit.saved(arguments))
            return try ArchiveImages(.file(file)).images.map { $0.references.map(\.familiar) }
        }
        #expect(try names(["app"]) == [["app:1", "app:2"], ["app:3"]])
        #expect(try names(["app:2"]) == [["app:2"]])
        #expect(try names(["other"]) == [["other:1"]])
        #expect(try names([image.fullID]) == [[]])
        #expect(try names([image.hexID]) == [[]])
        #expect(try names([image.shortID]) == [[]])
        #expect(try names([image.shortID, "other:1", "app:1"]) == [["app:1", "other:1"]])
    }

    @Test func `An image that is not there is not found, and nothing is written`() throws {
        let kit = try KitStore()
        try kit.load([try MadeImage([["a=1"]], tags: ["app:1"])])
        for names in [["absent"], ["app:1", "app:2"], ["app:1", "other"]] {
            var count = 0
            let error = #expect(throws: LayerError.self) { try kit.store.save(names) { count += $0.count } }
            #expect(error?.code == .notFound)
            #expect(count == 0)
        }
    }

    @Test func `A platform is checked and nothing else`() throws {
        let kit = try KitStore()
        try kit.load([try MadeImage([["a=1"]], tags: ["app:1"])])
        var options = SaveOptions()
        options.platforms = [Platform(os: "linux", architecture: "amd64")]
        #expect(try kit.saved(["app:1"], options) == kit.saved(["app:1"]))
        options.platforms = [Platform(os: "linux", architecture: "s390x")]
        let error = #expect(throws: LayerError.self) { try kit.saved(["app:1"], options) }
        #expect(error?.code == .notFound)
        #expect(error?.message.contains("does not match the specified platform: wanted linux/s390x") == true)
    }

    @Test func `A store that does not exist has no image to save`() throws {
        let scratch = try ScratchDirectory()
        let store = try ImageStore(root: scratch.path + "/none", access: .reading)
        let error = #expect(throws: LayerError.self) { try store.save(["x"]) { _ in } }
        #expect(error?.code == .notFound)
        #expect(!TestFile.exists(scratch.path + "/none"))
    }

    /// An image, one built on it, and a store that has both.
    private func chain() throws -> (kit: KitStore, base: MadeImage, top: MadeImage) {
        let base = try MadeImage([["a=1"], ["b=2"]], tags: ["base:1"])
        let top = try MadeImage([["a=1"], ["b=2"], ["c=3"]], tags: ["app:1"])
        let kit = try KitStore()
        try kit.load([base, top])
        return (kit, base, top)
    }

    @Test(
        "What a receiver has is left out, who has it loads the rest, and who has not is told which layer is missing",
        arguments: [SaveOptions(.dockerArchive), SaveOptions(.ociArchive), SaveOptions(.ociArchive, .gzip(level: 1))]
    )
    func since(options: SaveOptions) throws {
        let (kit, base, top) = try chain()
        var thin = options
        thin.since = ["base:1"]
        let archive = try kit.saved(["app:1"], thin)
        #expect(try archive.count < kit.saved(["app:1"], options).count)
        let receiver = try KitStore()
        try receiver.load([base])
        try receiver.load(receiver.file("thin", archive))
        #expect(try receiver.imageIDs() == kit.imageIDs())
        #expect(try receiver.saved(["app:1"]) == kit.saved(["app:1"]))
        let stranger = try KitStore()
        let error = #expect(throws: LayerError.self) { try stranger.load(stranger.file("thin", archive)) }
        #expect(error?.code == .corrupt)
        #expect(error?.message.contains("layer \(top.diffIDs[0]) is neither in the file nor in the store") == true)
        #expect(try stranger.imageIDs().isEmpty)
        #expect(throws: LayerError.self) { try kit.saved(["app:1"], SaveOptions(.dockerLegacy, since: ["base:1"])) }
        #expect(throws: LayerError.self) { try kit.saved(["app:1"], SaveOptions(.ociArchive, since: ["none:1"])) }
    }

    @Test func `Docker's old form carries plain layers alone`() throws {
        let (kit, _, _) = try chain()
        let error = #expect(throws: LayerError.self) {
            try kit.saved(["app:1"], SaveOptions(.dockerLegacy, .gzip(level: 1)))
        }
        #expect(error?.code == .usage)
        let archive = try kit.saved(["app:1", "base:1"], SaveOptions(.dockerLegacy))
        let other = try KitStore()
        try other.load(other.file("legacy", archive))
        #expect(try other.imageIDs() == kit.imageIDs())
    }
}
