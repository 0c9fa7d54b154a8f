import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import Testing

/// `dir:` of skopeo and `docker-dir` of podman: one manifest with its blobs side by side.
@Suite struct DirectoryTransportTests {
    static let image = SampleImage(["one", "two"])

    /// A directory as containers/image writes it.
    private static func make(
        _ image: SampleImage,
        version: String = "Directory Transport Version: 1.1\n"
    ) throws -> SampleArchive {
        var layout = SampleArchive()
        let manifest = try layout.addImage(image)
        let digest = try #require(manifest.split(separator: "\"").first { $0.hasPrefix("sha256:") }).dropFirst(7)
        var archive = SampleArchive()
        archive.add("version", version)
        for member in layout.members {
            let name = member.name.split(separator: "/").last.map(String.init) ?? ""
            archive.add(name == digest ? "manifest.json" : name, member.content)
        }
        return archive
    }

    @Test("It opens as a directory and as an archive of one", arguments: ["1.0\n", "1.1\n", "1.1"])
    func opens(version: String) throws {
        let archive = try Self.make(Self.image, version: "Directory Transport Version: " + version)
        for file in try [PlacedFile(directory: archive), PlacedFile(archive), PlacedFile(archive, .pipe)] {
            let source = try file.open()
            #expect(source.format == .blobDirectory)
            let image = try source.onlyImage()
            #expect(image.imageID == Self.image.id)
            #expect(image.references.isEmpty)
            #expect(image.manifestBytes.map { Digest.sha256(of: $0) } == image.manifestDigest?.digest)
            try source.readAllLayers()
        }
    }

    @Test("A list of platforms lies beside its manifests")
    func list() throws {
        var archive = SampleArchive()
        archive.add("version", "Directory Transport Version: 1.1\n")
        var layout = SampleArchive()
        let images = [Self.image.on("linux", "arm64"), Self.image]
        let entries = try images.map { image in
            try layout.addImage(image) + SampleArchive.platform("linux", image.platform?.architecture ?? "")
        }
        for member in layout.members {
            let name = member.name.split(separator: "/").last.map(String.init) ?? ""
            let isManifest = entries.contains { $0.contains("sha256:" + name) }
            archive.add(isManifest ? name + ".manifest.json" : name, member.content)
        }
        archive.add("manifest.json", SampleArchive.index(entries))
        for file in try [PlacedFile(directory: archive), PlacedFile(archive)] {
            #expect(try file.open().onlyImage().imageID == images[1].id)
            let arm64 = PlatformRequest.explicit(Platform(os: "linux", architecture: "arm64"))
            let source = try file.open(platform: arm64)
            #expect(try source.onlyImage().imageID == images[0].id)
            try source.readAllLayers()
        }
    }

    @Test("Another version is no such directory, and its manifest none of Docker's")
    func otherVersion() throws {
        for version in ["Directory Transport Version: 2.0\n", "", String(repeating: "x", count: 100)] {
            let file = try PlacedFile(directory: Self.make(Self.image, version: version))
            let error = #expect(throws: TransportError.self) { try file.open() }
            #expect(error?.subject.member == "manifest.json")
        }
    }

    @Test("Blobs are verified there too")
    func damaged() throws {
        let good = try Self.make(Self.image)
        for place in good.members.indices where good.members[place].name != "version" {
            var archive = good
            archive.members[place].content[4] ^= 1
            let failure = try ArchiveOutcome(PlacedFile(directory: archive).path).failure
            #expect(failure is TransportError, "\(good.members[place].name)")
        }
    }
}
