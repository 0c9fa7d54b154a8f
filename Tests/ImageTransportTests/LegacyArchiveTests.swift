import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import Testing

/// Archives from before Docker 1.10: `repositories` and a `json` a layer, no `manifest.json`.
@Suite struct LegacyArchiveTests {
    static let image = SampleImage(["one", "two", "three"])

    private static func id(_ layer: Int) -> String {
        Digest.sha256(of: Array("legacy".utf8) + image.layers[layer]).hex
    }

    private func refusal(_ change: (inout SampleArchive) -> Void) throws -> TransportError {
        var archive = SampleArchive.legacy(Self.image).archive
        change(&archive)
        let file = try PlacedFile(archive)
        let error = try #require(#expect(throws: TransportError.self) { try file.open() })
        #expect(error.subject.file == file.path)
        return error
    }

    private static func json(_ layer: Int, parent: String?) -> [UInt8] {
        let parentMember = parent.map { #","parent":"\#($0)""# } ?? ""
        return Array(#"{"id":"\#(id(layer))"\#(parentMember),"created":"2015-01-02T03:04:05Z"}"#.utf8)
    }

    @Test("The config is made of the chain, and the rows with it; no blob digest is declared")
    func config() throws {
        let image = try PlacedFile(SampleArchive.legacy(Self.image).archive).open().onlyImage()
        #expect(image.config.diffIDs.map(\.description) == Self.image.diffIDs)
        #expect(image.config.history.count == 3)
        #expect(image.imageID.digest == Digest.sha256(of: image.configBytes))
        #expect(image.platform == Platform(os: "linux", architecture: "amd64"))
        #expect(image.manifestBytes == nil)
        #expect(image.layers.map(\.memberName) == (0..<3).map { "\(Self.id($0))/layer.tar" })
        #expect(image.layers.allSatisfy { $0.blobDigest == nil && $0.mediaType == nil })
    }

    @Test(
        "Where no repository names it, the image is the layer that nobody is built on",
        arguments: [nil, "{}"] as [String?]
    )
    func unnamed(repositories: String?) throws {
        var archive = SampleArchive.legacy(Self.image).archive
        archive.remove("repositories")
        if let repositories { archive.add("repositories", repositories) }
        let image = try PlacedFile(archive).open().onlyImage()
        #expect(image.references.isEmpty)
        #expect(image.layers.count == 3)
    }

    @Test("Several names and images share their layers")
    func severalImages() throws {
        var archive = SampleArchive.legacy(Self.image).archive
        let names = #"{"a.test/a":{"1":"\#(Self.id(2))","2":"\#(Self.id(2))"},"b.test/b":{"latest":"\#(Self.id(1))"}}"#
        archive.replace("repositories", Array(names.utf8))
        let file = try PlacedFile(archive)
        let source = try file.open()
        #expect(
            source.images.map { $0.references.map(\.familiar) } == [["a.test/a:1", "a.test/a:2"], ["b.test/b:latest"]]
        )
        #expect(source.images.map(\.layers.count) == [3, 2])
        #expect(try file.open("b.test/b").onlyImage().layers.count == 2)
        #expect(try file.open("@0").onlyImage().layers.count == 3)
        try source.readAllLayers()
    }

    @Test("A chain that runs in a circle, or out of the archive, is refused by name")
    func chains() throws {
        let circle = try refusal { $0.replace("\(Self.id(0))/json", Self.json(0, parent: Self.id(2))) }
        #expect(circle.reason == "the layer is its own ancestor")
        let missing = String(repeating: "d", count: 64)
        let parent = try refusal { $0.replace("\(Self.id(0))/json", Self.json(0, parent: missing)) }
        #expect(parent.subject.member == "\(missing)/json")
        #expect(parent.kind == .corrupt)
        let layer = try refusal { $0.remove("\(Self.id(1))/layer.tar") }
        #expect(layer.subject.member == "\(Self.id(1))/layer.tar")
        #expect(layer.reason == "layer not found in the archive")
    }

    @Test(
        "An ID that is no ID is refused, wherever it stands",
        arguments: ["../../etc", "/etc", "", "x", String(repeating: "A", count: 64), String(repeating: "a", count: 63)]
    )
    func badIDs(id: String) throws {
        let named = try refusal { $0.replace("repositories", Array(#"{"a/b":{"c":"\#(id)"}}"#.utf8)) }
        #expect(named.kind == .invalid)
        #expect(named.subject.member == "repositories")
        if !id.isEmpty {
            let parent = try refusal { $0.replace("\(Self.id(1))/json", Self.json(1, parent: id)) }
            #expect(parent.kind == .invalid)
            #expect(parent.subject.member == "\(Self.id(1))/json")
        }
    }

    @Test(
        "Names that are none, and documents that are none, are refused",
        arguments: ["[]", "{", #"{"a/B":{"c":"\#(id(2))"}}"#, #"{"a":{"b c":"\#(id(2))"}}"#, #"{"a":"b"}"#]
    )
    func badRepositories(text: String) throws {
        let error = try refusal { $0.replace("repositories", Array(text.utf8)) }
        #expect(error.kind == .invalid)
        #expect(error.subject.member == "repositories")
    }

    @Test("A directory of the old form opens by its names")
    func directory() throws {
        let file = try PlacedFile(directory: SampleArchive.legacy(Self.image).archive)
        let source = try file.open()
        #expect(source.format == .dockerLegacy)
        try source.readAllLayers()
    }
}
