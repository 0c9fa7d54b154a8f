import ImageSpec
import ImageTransport
import LayerModel
import Testing

/// Which image of an index is taken (contracts L-115, L-121 to L-124).
@Suite struct PlatformChoiceTests {
    static func image(_ architecture: String, _ variant: String? = nil) -> SampleImage {
        SampleImage(["base", architecture + (variant ?? "")]).on("linux", architecture, variant)
    }

    static let images = [
        image("arm64"), image("amd64"), image("arm", "v6"), image("arm", "v7"), image("386"), image("riscv64"),
    ]

    /// One named index of all images with attestations, an artifact, an unknown type and a platform that is not there.
    static func archive(depth: Int = 1) throws -> SampleArchive {
        var archive = SampleArchive()
        archive.add("oci-layout", SampleArchive.layoutMarker)
        var entries = [unknownType]
        for image in images {
            guard let platform = image.platform else { continue }
            let descriptor = try archive.addImage(image)
            entries.append(descriptor + SampleArchive.platform(platform.os, platform.architecture, platform.variant))
            entries.append(try archive.addImage(attestation) + Self.attestationMembers)
        }
        entries.append(absent("s390x"))
        var text = archive.addNestedIndex(entries)
        for _ in 1..<depth { text = archive.addNestedIndex([text + "}"]) }
        archive.addIndex([text + #","annotations":{"org.opencontainers.image.ref.name":"example.test/many:1"}}"#])
        return archive
    }

    private static let attestation = SampleImage(["attestation"]).on("unknown", "unknown")
    private static let attestationMembers =
        #","annotations":{"vnd.docker.reference.type":"attestation-manifest"},"platform":{"os":"unknown","architecture":"unknown"}}"#
    private static let unknownType =
        #"{"mediaType":"application/x-what","digest":"sha256:\#(String(repeating: "1", count: 64))","size":3}"#

    private static func absent(_ architecture: String) -> String {
        #"{"mediaType":"\#(SampleArchive.manifestType)","digest":"sha256:\#(String(repeating: "2", count: 64))","size":3"#
            + SampleArchive.platform("linux", architecture)
    }

    private func request(_ text: String, isExplicit: Bool) throws -> PlatformRequest {
        let platform = try Platform(parsing: text, host: Platform(os: "linux", architecture: "amd64"))
        return isExplicit ? .explicit(platform) : .host(platform)
    }

    @Test(
        "The best image of a nested index is taken",
        arguments: [
            ("linux/amd64", true, 1), ("linux/amd64", false, 1), ("linux/arm64", true, 0), ("linux/arm64", false, 0),
            ("linux/arm64/v8", true, 0), ("linux/arm/v7", true, 3), ("linux/arm/v6", true, 2),
            ("linux/arm/v8", false, 3),
            ("linux/386", true, 4), ("linux/riscv64", false, 5), ("linux/amd64/v3", false, 1),
        ]
    )
    func chosen(expected: (platform: String, isExplicit: Bool, place: Int)) throws {
        let request = try request(expected.platform, isExplicit: expected.isExplicit)
        for depth in [1, 2, 7] {
            let source = try PlacedFile(Self.archive(depth: depth)).open(platform: request)
            let image = try source.onlyImage()
            #expect(image.imageID == Self.images[expected.place].id)
            #expect(image.references.map(\.familiar) == ["example.test/many:1"])
            try source.readAllLayers()
        }
    }

    @Test(
        "What is not there is said, with what is",
        arguments: [
            ("linux/s390x", true, TransportError.Kind.corrupt, "the manifest's blob is not in the archive"),
            ("linux/ppc64le", true, .platform, "wanted linux/ppc64le, found linux/arm64, linux/amd64, linux/arm/v6"),
            ("linux/ppc64le", false, .platform, "wanted linux/ppc64le, found"),
            ("windows/amd64", true, .platform, "wanted windows/amd64, found"),
            ("linux/arm/v5", true, .platform, "image with reference example.test/many:1 was found but does not match"),
        ]
    )
    func refused(expected: (platform: String, isExplicit: Bool, kind: TransportError.Kind, reason: String)) throws {
        let file = try PlacedFile(Self.archive())
        let request = try request(expected.platform, isExplicit: expected.isExplicit)
        let error = #expect(throws: TransportError.self) { try file.open(platform: request) }
        #expect(error?.kind == expected.kind)
        #expect(error?.reason.contains(expected.reason) == true)
        #expect(error?.reason.contains("unknown") == false, "attestations are no offer")
    }

    @Test("Blobs of other platforms may be absent")
    func othersAbsent() throws {
        var archive = try Self.archive()
        let kept = Self.images[1]
        for image in Self.images where image.id != kept.id {
            archive.remove("blobs/sha256/\(image.id.digest.hex)")
        }
        let source = try PlacedFile(archive).open()
        #expect(try source.onlyImage().imageID == kept.id)
        try source.readAllLayers()
    }

    @Test("Indexes may lie eight deep in one another, and no deeper")
    func depth() throws {
        #expect(try PlacedFile(Self.archive(depth: 8)).open().images.count == 1)
        let file = try PlacedFile(Self.archive(depth: 9))
        let error = #expect(throws: TransportError.self) { try file.open() }
        #expect(error?.reason == "index nested too deeply: more than 8 levels; --limit index-depth=N allows more")
    }

    @Test("Entries without a platform are told by their configs (contract L-123)")
    func fromConfig() throws {
        var archive = SampleArchive()
        archive.add("oci-layout", SampleArchive.layoutMarker)
        var entries: [String] = []
        for image in Self.images { entries.append(try archive.addImage(image) + "}") }
        archive.addIndex([archive.addNestedIndex(entries) + "}"])
        for image in Self.images {
            let platform = try #require(image.platform)
            let source = try PlacedFile(archive).open(platform: .explicit(platform))
            #expect(try source.onlyImage().imageID == image.id)
        }
    }

    @Test("Of equals the first of the index is taken (contract L-121)")
    func firstOfEquals() throws {
        var archive = SampleArchive()
        archive.add("oci-layout", SampleArchive.layoutMarker)
        let twins = [SampleImage(["twin"]), SampleImage(["other"])]
        let entries = try twins.map { try archive.addImage($0) + SampleArchive.platform("linux", "amd64") }
        archive.addIndex([archive.addNestedIndex(entries) + "}"])
        #expect(try PlacedFile(archive).open().onlyImage().imageID == twins[0].id)
    }

    @Test("The only image is taken on a host of another architecture, unless one was asked for")
    func onlyImage() throws {
        let file = try PlacedFile(SampleArchive.docker([Self.image("arm64")]))
        #expect(try file.open().images.count == 1)
        let amd64 = PlatformRequest.explicit(Platform(os: "linux", architecture: "amd64"))
        let error = #expect(throws: TransportError.self) { try file.open(platform: amd64) }
        #expect(error?.kind == .platform)
        #expect(error?.reason.hasSuffix("wanted linux/amd64, found linux/arm64") == true)
    }

    @Test("Images of a file that are not there for the platform are passed over and named")
    func passedOver() throws {
        var first = Self.image("amd64")
        first.tags = ["example.test/a:1"]
        var second = Self.image("arm64")
        second.tags = ["example.test/b:1"]
        let arm64 = PlatformRequest.explicit(Platform(os: "linux", architecture: "arm64"))
        let source = try PlacedFile(SampleArchive.docker([first, second])).open(platform: arm64)
        #expect(source.images.map(\.imageID) == [second.id])
        #expect(source.passedOver == ["@0 example.test/a:1"])
    }
}
