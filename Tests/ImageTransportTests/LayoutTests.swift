import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import Testing

/// The files of an image layout (contracts L-110 to L-116, L-120, L-130, L-132).
@Suite struct LayoutTests {
    static let image = SampleImage(["one"], tags: ["example.test/a:1"])

    /// Both ways in which a layout comes; a closure changes its members before.
    private func placed(_ change: (inout SampleArchive) throws -> Void) throws -> [PlacedFile] {
        var archive = try SampleArchive.layout([Self.image])
        try change(&archive)
        return try [PlacedFile(archive), PlacedFile(directory: archive)]
    }

    private func refusals(_ change: (inout SampleArchive) throws -> Void) throws -> [TransportError] {
        try placed(change).map { file in
            let error = try #require(#expect(throws: TransportError.self) { try file.open() })
            #expect(error.subject.file == file.path)
            return error
        }
    }

    @Test(
        "The marker may have other members, in any spelling of JSON (L-110)",
        arguments: [
            #"{"imageLayoutVersion":"1.0.0"}"#, #"{ "imageLayoutVersion" : "1.0.0", "more": [1, {}] }"#,
            "{\"imageLayoutVersion\": \"1.0.0\"}\n\n",
        ]
    )
    func marker(text: String) throws {
        for file in try placed({ $0.replace("oci-layout", Array(text.utf8)) }) {
            #expect(try file.open().onlyImage().imageID == Self.image.id)
        }
    }

    @Test(
        "Another version and a marker that is none are refused by name (L-110)",
        arguments: [
            (#"{"imageLayoutVersion":"1.1.0"}"#, "unsupported OCI layout version \"1.1.0\""),
            (#"{"imageLayoutVersion":"9.9.9"}"#, "unsupported OCI layout version"),
            (#"{"imageLayoutVersion":1}"#, "imageLayoutVersion"), ("{}", "imageLayoutVersion"), ("[]", ""), ("", ""),
            ("1.0.0", ""),
        ]
    )
    func badMarker(expected: (text: String, reason: String)) throws {
        for error in try refusals({ $0.replace("oci-layout", Array(expected.text.utf8)) }) {
            #expect(error.kind == .invalid)
            #expect(error.subject.member == "oci-layout")
            #expect(error.reason.contains(expected.reason))
        }
    }

    @Test("A layout without its marker, or without its index, is refused", arguments: ["oci-layout", "index.json"])
    func missingFile(name: String) throws {
        for error in try refusals({ $0.remove(name) }) {
            #expect(error.kind == .invalid)
            #expect(error.description.contains(name))
        }
    }

    @Test(
        "An index that is none is refused by name (L-111, L-120)",
        arguments: [
            #"{"schemaVersion":2}"#, #"{"schemaVersion":2,"manifests":null}"#, #"{"schemaVersion":1,"manifests":[]}"#,
            #"{"manifests":[]}"#, #"{"schemaVersion":2,"manifests":{}}"#, "null", "[]", "", "{",
            #"{"schemaVersion":2,"manifests":[],"manifests":[]}"#, #"{"schemaVersion":2,"manifests":[],"layers":[]}"#,
            #"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","manifests":[]}"#,
        ]
    )
    func badIndex(text: String) throws {
        for error in try refusals({ $0.replace("index.json", Array(text.utf8)) }) {
            #expect(error.kind == .invalid)
            #expect(error.subject.member == "index.json")
        }
    }

    @Test("An empty index holds no image, and is no error of form (L-111)")
    func emptyIndex() throws {
        for error in try refusals({ $0.replace("index.json", Array(SampleArchive.index([]).utf8)) }) {
            #expect(error.kind == .notFound)
            #expect(error.reason == "there is no image in it")
        }
    }

    @Test("Unknown files and blobs that nothing names are no error (L-113)")
    func unknownFiles() throws {
        let files = try placed { archive in
            archive.add("README", "hello")
            archive.add("blobs/README", "hello")
            archive.add("blobs/sha256/not-a-digest", "hello")
            archive.addBlob(Array("unreferenced".utf8), type: "text/plain")
        }
        for file in files { #expect(try file.open().readAllLayers().count == 1) }
    }

    @Test("A document is at most 4 MiB (L-106)", arguments: ["index.json", "oci-layout"])
    func documentSize(name: String) throws {
        for error in try refusals({ $0.replace(name, [UInt8](repeating: 0x20, count: 4 << 20 | 1)) }) {
            #expect(
                error.reason.hasPrefix("too large for a document: 4194305 bytes, at most 4194304; --limit json-bytes=N")
            )
            #expect(error.subject.member == name)
        }
    }

    @Test("One document that is manifest and index at once is refused (L-120)")
    func manifestAndIndex() throws {
        for type in [SampleArchive.manifestType, SampleArchive.indexType] {
            let errors = try refusals { archive in
                let config = archive.addBlob(Self.image.config, type: SampleArchive.configType) + "}"
                let text = #"{"schemaVersion":2,"config":\#(config),"layers":[],"manifests":[]}"#
                let blob = archive.addBlob(Array(text.utf8), type: type) + "}"
                archive.replace("index.json", Array(SampleArchive.index([blob]).utf8))
            }
            for error in errors { #expect(error.kind == .invalid) }
        }
    }

    @Test("A manifest under the type of an index, and the reverse, are refused (L-104, L-120)")
    func typeLies() throws {
        for (real, said) in [
            (SampleArchive.manifestType, SampleArchive.indexType),
            (SampleArchive.indexType, SampleArchive.manifestType),
        ] {
            let errors = try refusals { archive in
                let inner = try archive.addImage(Self.image)
                let text = real == SampleArchive.indexType ? archive.addNestedIndex([inner + "}"]) : inner
                let lie = text.split(separator: real, maxSplits: 1).joined(separator: said)
                archive.replace("index.json", Array(SampleArchive.index([lie + "}"]).utf8))
            }
            for error in errors { #expect(error.kind == .invalid) }
        }
    }

    struct Artifact: CustomStringConvertible {
        let description: String
        var configType = SampleArchive.configType
        var artifactType: String?
        var descriptorMembers = ""
    }

    @Test(
        "What is kept like an image and is none is said not to be one (L-124, L-132)",
        arguments: [
            Artifact(description: "config of another type", configType: "application/vnd.acme.config.v1+json"),
            Artifact(
                description: "empty config",
                configType: "application/vnd.oci.empty.v1+json",
                artifactType: "application/vnd.acme.rocket"
            ),
            Artifact(
                description: "artifactType in the index",
                descriptorMembers: #","artifactType":"application/spdx+json""#
            ),
            Artifact(
                description: "attestation",
                descriptorMembers: #","annotations":{"vnd.docker.reference.type":"attestation-manifest"}"#
            ),
            Artifact(
                description: "unknown platform",
                descriptorMembers: #","platform":{"os":"unknown","architecture":"unknown"}"#
            ),
        ]
    )
    func artifacts(artifact: Artifact) throws {
        let errors = try refusals { archive in
            let config = archive.addBlob(Array("{}".utf8), type: artifact.configType) + "}"
            let type = artifact.artifactType.map { #","artifactType":"\#($0)""# } ?? ""
            let text = #"{"schemaVersion":2,"config":\#(config),"layers":[]\#(type)}"#
            let blob =
                archive.addBlob(Array(text.utf8), type: SampleArchive.manifestType) + artifact.descriptorMembers + "}"
            archive.replace("index.json", Array(SampleArchive.index([blob]).utf8))
        }
        for error in errors {
            #expect(error.kind == .unsupported)
            #expect(error.reason.hasPrefix("not a container image: "))
        }
    }

    @Test("An artifact beside an image is passed over (L-124)")
    func artifactBeside() throws {
        let files = try placed { archive in
            let config = archive.addBlob(Array("{}".utf8), type: "application/vnd.oci.empty.v1+json") + "}"
            let text = #"{"schemaVersion":2,"artifactType":"a/b","config":\#(config),"layers":[]}"#
            let artifact =
                archive.addBlob(Array(text.utf8), type: SampleArchive.manifestType) + #","artifactType":"a/b"}"#
            let image = try archive.addImage(Self.image) + "}"
            archive.replace("index.json", Array(SampleArchive.index([artifact, image, artifact]).utf8))
        }
        for file in files { #expect(try file.open().onlyImage().imageID == Self.image.id) }
    }
}
