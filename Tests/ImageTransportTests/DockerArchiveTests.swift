import Foundation
import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import Testing

/// `manifest.json` and what it names.
@Suite struct DockerArchiveTests {
    static let image = SampleImage(["one", "two"])

    private func refusal(_ archive: SampleArchive) throws -> TransportError {
        for way in [PlacedFile.Way.pipe, .file] {
            let file = try PlacedFile(archive, way)
            let error = try #require(#expect(throws: TransportError.self) { try file.open() })
            #expect(error.subject.file == file.path)
            if way == .file { return error }
        }
        throw CancellationError()
    }

    private func manifest(_ text: String) throws -> TransportError {
        var archive = SampleArchive.docker([Self.image])
        archive.replace("manifest.json", Array(text.utf8))
        return try refusal(archive)
    }

    @Test(
        "A manifest that is none is refused by name (3.6)",
        arguments: [
            ("null", "invalid manifest, manifest cannot be null (but can be [])"), ("{}", "invalid manifest, "),
            ("", "invalid manifest, "), ("[", "invalid manifest, "), ("[null]", "invalid manifest, "),
            ("[{}]", "Config"),
            (#"[{"Config":"a"}]"#, "Layers"), (#"[{"Config":1,"Layers":[]}]"#, "Config"),
            (#"[{"Config":"","Layers":[]}]"#, "Config"), (#"[{"Config":"a","Layers":"b"}]"#, "Layers"),
            (#"[{"Config":"a","Layers":[1]}]"#, "Layers"), (#"[{"config":"a","layers":[]}]"#, "Config"),
            (#"[{"Config":"a","Config":"b","Layers":[]}]"#, "Config"),
            (#"[{"Config":"a","Layers":[]}] []"#, "more data after the JSON value"),
            (#"[{"Config":"a","RepoTags":1,"Layers":[]}]"#, "RepoTags"),
        ]
    )
    func malformed(expected: (text: String, reason: String)) throws {
        let error = try manifest(expected.text)
        #expect(error.kind == .invalid)
        #expect(error.subject.member == "manifest.json")
        #expect(error.reason.contains(expected.reason))
    }

    @Test(
        "A name that leads out of the archive, or to nothing, is no file of the host",
        arguments: ["/etc/passwd", "../../etc/passwd", "a/../../etc/passwd", "no-such-file", "..", "."]
    )
    func outside(name: String) throws {
        let config = try manifest("[\(SampleArchive.manifest(name, nil, []))]")
        #expect(config.subject.member == name)
        #expect(config.kind == .corrupt || config.kind == .invalid)
        let own = "\(Self.image.id.digest.hex).json"
        let layer = try manifest("[\(SampleArchive.manifest(own, nil, [name, name]))]")
        #expect(layer.subject.member == name)
        #expect(layer.kind == .corrupt || layer.kind == .invalid)
    }

    @Test("A name of a member may be written in several ways", arguments: ["", "./", "/", ".//", "x/../"])
    func spellings(prefix: String) throws {
        let own = prefix + "\(Self.image.id.digest.hex).json"
        let text = "[\(SampleArchive.manifest(own, nil, Self.image.layers.map { prefix + Self.layerName($0) }))]"
        var archive = SampleArchive.docker([Self.image])
        archive.replace("manifest.json", Array(text.utf8))
        if prefix == "x/../" {
            // What begins as a path out of somewhere is never interpreted.
            #expect(try refusal(archive).subject.member == own)
        } else {
            try PlacedFile(archive).open().readAllLayers()
        }
    }

    private static func layerName(_ layer: [UInt8]) -> String {
        Digest.sha256(of: Array("v1".utf8) + layer).hex + "/layer.tar"
    }

    @Test(
        "A name of an image that is none is refused (1f 65)",
        arguments: [
            "", "a/UPPER:1", "a b", "a:b:c/", String(repeating: "a", count: 64), "../../x", "x\\u001b[31m:1",
            "busybox@sha256:\(String(repeating: "a", count: 64))",
        ]
    )
    func tags(tag: String) throws {
        let own = "\(Self.image.id.digest.hex).json"
        let error = try manifest("[\(SampleArchive.manifest(own, [tag], Self.image.layers.map(Self.layerName)))]")
        #expect(error.kind == .invalid)
        #expect(error.subject.member == "manifest.json")
        #expect(!error.description.contains("\u{1B}"))
    }

    @Test("An image without a name has none", arguments: ["null", "[]", "[\"<none>:<none>\"]"])
    func untagged(tags: String) throws {
        var archive = SampleArchive.docker([Self.image])
        let text = String(decoding: archive.members.last?.content ?? [], as: UTF8.self)
        let named = "[\"example.test/sample:1.0\"]"
        let place = try #require(text.range(of: named))
        archive.replace("manifest.json", Array(text.replacingCharacters(in: place, with: tags).utf8))
        let image = try PlacedFile(archive).open().onlyImage()
        #expect(image.references.isEmpty)
        #expect(image.rawNames.isEmpty)
    }

    @Test(
        "Two members of one name are refused, whichever a reader would take",
        arguments: ["manifest.json", "config", "layer"]
    )
    func repeated(whose: String) throws {
        var archive = SampleArchive.docker([Self.image])
        let name =
            switch whose {
            case "config": "\(Self.image.id.digest.hex).json"
            case "layer": Self.layerName(Self.image.layers[0])
            default: whose
            }
        let member = try #require(archive.members.first { $0.name == name })
        archive.add("./" + name, member.content)
        let error = try refusal(archive)
        #expect(error.subject.member == name)
        #expect(error.reason == "the archive holds two members of this name")
    }

    @Test("What is no regular file is never read", arguments: ["1", "2", "3", "4", "5", "6", "7"] as [Character])
    func kinds(typeFlag: Character) throws {
        var names = ["\(Self.image.id.digest.hex).json", Self.layerName(Self.image.layers[1])]
        // A manifest that is a link to nothing is none: the file may be of an older form.
        if typeFlag != "1", typeFlag != "2" { names.append("manifest.json") }
        for name in names {
            var archive = SampleArchive.docker([Self.image])
            for place in archive.members.indices where archive.members[place].name == name {
                // A contiguous file (7) is a regular one to everybody.
                archive.members[place].typeFlag = typeFlag
                if typeFlag != "7" { archive.members[place].content = [] }
                if typeFlag == "1" || typeFlag == "2" { archive.members[place].link = "no-such-member" }
            }
            if typeFlag == "7" {
                #expect(try PlacedFile(archive).open().images.count == 1)
            } else {
                let error = try refusal(archive)
                #expect(error.subject.member == name)
            }
        }
    }

    @Test("`index.json` and `manifest.json` that name different images are refused")
    func disagreement() throws {
        let error = try refusal(.hybrid([SampleImage(["one"])], indexed: [SampleImage(["two"])]))
        #expect(error.kind == .invalid)
        #expect(error.reason == "index.json and manifest.json name different images")
    }

    @Test("An index that leads to no image leaves the word to `manifest.json`", arguments: ["null", "[]"])
    func emptyIndex(manifests: String) throws {
        var archive = try SampleArchive.hybrid([Self.image])
        archive.replace("index.json", Array(#"{"schemaVersion":2,"manifests":\#(manifests)}"#.utf8))
        let source = try PlacedFile(archive).open()
        #expect(source.format == .dockerHybrid)
        #expect(try source.onlyImage().imageID == Self.image.id)
        try source.readAllLayers()
    }

    @Test("A config of `manifest.json` that is absent is no error where the index has the image")
    func absentConfig() throws {
        var archive = try SampleArchive.hybrid([Self.image])
        let other = SampleArchive.manifest("blobs/sha256/\(String(repeating: "1", count: 64))", nil, [])
        archive.replace("manifest.json", Array("[\(other)]".utf8))
        #expect(try PlacedFile(archive).open().onlyImage().imageID == Self.image.id)
    }

    @Test("`LayerSources` speaks for a member only where that is the blob of its digest", arguments: [true, false])
    func layerSources(isBlob: Bool) throws {
        let layer = Self.image.layers[0]
        let gzip = Codec.gzip(layer)
        let stored = isBlob ? gzip : layer
        let name = "blobs/sha256/\(Digest.sha256(of: stored).hex)"
        let image = SampleImage(["one"])
        var archive = SampleArchive()
        archive.add(name, stored)
        archive.add("config.json", image.config)
        let source =
            #"{"mediaType":"\#(SampleArchive.layerType)+gzip","digest":"\#(Digest.sha256(of: gzip))","size":\#(gzip.count)}"#
        let manifest = SampleArchive.manifest("config.json", nil, [name]).dropLast()
        archive.add("manifest.json", "[\(manifest),\"LayerSources\":{\"\(image.diffIDs[0])\":\(source)}}]")
        let file = try PlacedFile(archive)
        let found = try #require(try file.open().onlyImage().layers.first)
        #expect(found.blobDigest?.digest == (isBlob ? Digest.sha256(of: gzip) : nil))
        #expect(found.mediaType?.rawValue == (isBlob ? SampleArchive.layerType + "+gzip" : nil))
        try file.open().readAllLayers()
    }
}
