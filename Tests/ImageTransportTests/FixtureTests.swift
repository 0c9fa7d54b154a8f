import ImageSpec
import ImageTransport
import LayerModel
import TestImages
import Testing

/// The archives that the project's own generator made, against what the generator says of them.
@Suite struct FixtureTests {
    private static let amd64 = PlatformRequest.host(Platform(os: "linux", architecture: "amd64"))

    private func open(
        _ fixture: ImageFixture,
        _ selector: String? = nil,
        platform: PlatformRequest = amd64
    ) throws -> ImageSource {
        try ImageSource.open(.path(fixture.path), selector: selector.map { ImageSelector($0) }, platform: platform)
    }

    private static func format(of fixture: ImageFixture) -> ArchiveFormat {
        switch fixture {
        case .dockerV25, .dockerContainerd: .dockerHybrid
        case .ociLayout, .ociSymlinks: .ociLayout
        case .podmanDockerDirectory: .blobDirectory
        case .ociSymlinksArchive, .ociGzip, .ociGzipCompressed, .ociZstd, .ociMislabelled, .multiPlatform: .ociArchive
        default: .dockerArchive
        }
    }

    @Test("The app image is the same from every form of file", arguments: ImageFixture.app)
    func app(fixture: ImageFixture) throws {
        let facts = try FixtureFacts.read()
        let source = try open(fixture)
        #expect(source.format == Self.format(of: fixture))
        let image = try source.onlyImage()
        #expect(image.imageID.description == facts.imageID)
        #expect(image.config.history.count == facts.historyCount)
        #expect(image.layers.map(\.diffID.description) == facts.layers.map(\.diffID))
        #expect(image.platform == Platform(os: "linux", architecture: "amd64"))
        let names = Set(image.references.map(\.familiar))
        // `docker-dir` holds no names; what has one entry with one name has one.
        #expect(names.isSubset(of: facts.references))
        #expect(names.isEmpty == (fixture == .podmanDockerDirectory))
        try image.checkLayers()
        for (layer, fact) in zip(image.layers, facts.layers) {
            let found = try layer.openUncompressed().finish()
            #expect(found.diffID.description == fact.diffID)
            #expect(found.tarByteCount == fact.tarByteCount)
        }
    }

    @Test("An archive from before Docker 1.10 gives the same layers and rows")
    func legacy() throws {
        let facts = try FixtureFacts.read()
        let source = try open(.dockerLegacy)
        #expect(source.format == .dockerLegacy)
        let image = try source.onlyImage()
        #expect(image.config.history.count == facts.historyCount)
        let layers = image.layers.filter { layer in facts.layers.contains { $0.diffID == layer.diffID.description } }
        #expect(layers.count == image.layers.count)
        #expect(image.layers.last?.memberName.hasPrefix(facts.legacyTopID) == true)
        try source.readAllLayers()
    }

    @Test("Every small image opens, and all its layers can be verified", arguments: ImageFixture.variants)
    func variants(fixture: ImageFixture) throws {
        let source = try open(fixture)
        let image = try source.onlyImage()
        #expect(image.references.isEmpty == (fixture == .untagged))
        #expect(image.layers.isEmpty == (fixture == .noLayers))
        try image.checkLayers()
        try source.readAllLayers()
    }

    @Test(
        "A file of two images wants a choice",
        arguments: [ImageFixture.twoImagesDocker, .twoImagesDockerV25, .twoImagesOCI]
    )
    func twoImages(fixture: ImageFixture) throws {
        let source = try open(fixture)
        #expect(source.images.count == 2)
        #expect(source.choices.count == 2)
        try source.readAllLayers()
        let error = #expect(throws: TransportError.self) { try source.onlyImage() }
        #expect(error?.kind == .ambiguous)
        for (position, image) in source.images.enumerated() {
            let reference = try #require(image.references.first)
            #expect(error?.reason.contains("@\(position) \(reference.familiar)") == true)
            #expect(try open(fixture, "@\(position)").onlyImage().imageID == image.imageID)
            #expect(try open(fixture, reference.familiar).onlyImage().imageID == image.imageID)
        }
    }

    @Test("A foreign layer without a blob opens, and says why it cannot be unpacked")
    func foreignLayer() throws {
        let image = try open(.foreignLayer).onlyImage()
        let foreign = try #require(image.layers.first { !$0.isPresent })
        #expect(!foreign.urls.isEmpty)
        let error = #expect(throws: TransportError.self) { try image.checkLayers() }
        #expect(error?.kind == .unsupported)
        #expect(error?.description.contains(foreign.urls[0]) == true)
    }

    @Test("An image for Windows is there for who asks for it, and not for a Linux host")
    func windows() throws {
        let error = #expect(throws: TransportError.self) { try open(.windows) }
        #expect(error?.kind == .platform)
        let windows = PlatformRequest.explicit(Platform(os: "windows", architecture: "amd64"))
        #expect(try open(.windows, platform: windows).onlyImage().platform?.os == "windows")
    }

    @Test("The host's platform is chosen of several, and what is not in the file is said to be missing")
    func multiPlatform() throws {
        func open(_ request: PlatformRequest) throws -> ArchiveImage {
            try self.open(.multiPlatform, platform: request).onlyImage()
        }
        let arm64 = Platform(os: "linux", architecture: "arm64")
        #expect(try open(Self.amd64).imageID.description == FixtureFacts.read().imageID)
        #expect(try open(.host(arm64)).platform?.architecture == "arm64")
        #expect(try open(.explicit(arm64)).platform?.architecture == "arm64")
        let absent = #expect(throws: TransportError.self) {
            try open(.explicit(Platform(os: "linux", architecture: "s390x")))
        }
        #expect(absent?.reason == "the manifest's blob is not in the archive")
        let unheardOf = #expect(throws: TransportError.self) {
            try open(.explicit(Platform(os: "linux", architecture: "riscv64")))
        }
        #expect(unheardOf?.kind == .platform)
        #expect(unheardOf?.reason.contains("wanted linux/riscv64, found linux/amd64, linux/arm64") == true)
    }

    /// What is wrong inside a tar is found by who reads its entries; these are found by who reads the blobs.
    private static let blobFaults: Set<String> = [
        "gzip-bad-crc", "size-one-less", "size-one-more", "truncated-gzip-layer", "wrong-blob-digest", "wrong-diff-id",
        "wrong-diff-id-in-oci",
    ]

    @Test("Every broken archive is refused at the stage that it is made for", arguments: try MalformedFixture.all)
    func malformed(fixture: MalformedFixture) throws {
        let outcome = ArchiveOutcome(fixture.path)
        switch (fixture.stage, outcome) {
        case (.opening, .refusedAtOpening), (.loading, .refusedAtLayers): break
        // What a look at the list of layers finds, without reading one.
        case (.opening, .refusedAtLayers(let error)):
            #expect(["missing-blob", "digest-unknown-algorithm"].contains(fixture.reason), "\(error)")
        case (.loading, .good): #expect(!Self.blobFaults.contains(fixture.reason))
        default: Issue.record("\(fixture.reason): \(outcome)")
        }
        guard let failure = outcome.failure else { return }
        if let error = failure as? TransportError {
            #expect(error.subject.file == fixture.path)
            #expect(!error.reason.isEmpty)
        } else {
            #expect(fixture.reason == "too-much-history", "\(failure)")
        }
    }
}
