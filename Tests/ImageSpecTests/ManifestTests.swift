import ImageSpec
import LayerModel
import Testing

@Suite("Manifests, indexes and descriptors")
struct ManifestTests {
    static let digest = "sha256:" + String(repeating: "0a", count: 32)
    static let config: JSONValue = [
        "mediaType": "application/vnd.oci.image.config.v1+json", "digest": .string(digest), "size": 7,
    ]
    static let layer: JSONValue = [
        "mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": .string(digest), "size": 9,
    ]
    static let manifest: JSONObject = ["schemaVersion": 2, "config": config, "layers": [layer, layer]]
    static let index: JSONObject = ["schemaVersion": 2, "manifests": [layer]]

    @Test("are read with all that they say")
    func manifest() throws {
        var object = Self.manifest
        object["mediaType"] = "application/vnd.oci.image.manifest.v1+json"
        object["artifactType"] = "a/b"
        object["subject"] = Self.layer
        object["annotations"] = ["k": "", "x": "y"]
        object["unknown"] = [1]
        let bytes = JSONValue.object(object).encoded(pretty: true)
        let manifest = try ImageManifest(parsing: bytes)
        #expect(manifest.bytes == bytes)
        #expect(manifest.mediaType == .ociManifest)
        #expect(manifest.artifactType == "a/b")
        #expect(manifest.config.byteCount == 7)
        #expect(manifest.layers.map(\.mediaType) == [.ociLayerGzip, .ociLayerGzip])
        #expect(try manifest.subject?.digest().description == Self.digest)
        #expect(manifest.annotations == ["k": "", "x": "y"])
        #expect(!manifest.isArtifact)
    }

    @Test("descriptors keep urls, platform, embedded data and annotations")
    func descriptor() throws {
        let descriptor = try Self.descriptor([
            "mediaType": "application/vnd.oci.empty.v1+json", "digest": .string(Self.digest), "size": 2, "data": "e30=",
            "urls": ["https://x"],
            "platform": ["os": "linux", "architecture": "arm", "variant": "v7", "os.version": "1"],
            "artifactType": "t", "annotations": ["org.opencontainers.image.ref.name": "latest"],
        ])
        #expect(descriptor.data == Array("{}".utf8))
        #expect(descriptor.urls == ["https://x"])
        #expect(descriptor.platform == Platform(os: "linux", architecture: "arm", variant: "v7", osVersion: "1"))
        #expect(descriptor.artifactType == "t")
        #expect(descriptor.annotations == ["org.opencontainers.image.ref.name": "latest"])
    }

    @Test(
        "L-101: an algorithm that is not known passes, and cannot be verified",
        arguments: ["blake3", "md5", "sha384"]
    )
    func unknownAlgorithm(_ algorithm: String) throws {
        let text = "\(algorithm):" + String(repeating: "0a", count: 32)
        let descriptor = try Self.descriptor(["mediaType": "a/b", "digest": .string(text), "size": 0])
        #expect(descriptor.digestText == text)
        #expect(throws: DigestError.unsupportedAlgorithm(text)) { try descriptor.digest() }
    }

    @Test(
        "L-100, L-102, L-103, L-133: descriptors that lie are refused",
        arguments: [
            ("digest", "", "manifests[0].digest"), ("digest", "sha256:../../..", "manifests[0].digest"),
            ("digest", "../../../x:000", "manifests[0].digest"),
            ("digest", .string("sha256:" + String(repeating: "0A", count: 32)), "manifests[0].digest"),
            ("digest", .null, "manifests[0].digest"), ("digest", nil, "manifests[0].digest"),
            ("size", -1, "manifests[0].size"),
            ("size", .number("9223372036854775808"), "manifests[0].size"),
            ("size", .number("9.0"), "manifests[0].size"),
            ("size", "9", "manifests[0].size"), ("size", nil, "manifests[0].size"),
            ("mediaType", nil, "manifests[0].mediaType"),
            ("mediaType", 1, "manifests[0].mediaType"), ("data", "e30", "manifests[0].data"),
            ("data", "e30=", "manifests[0].data"),
            ("annotations", ["a": .null], "manifests[0].annotations.a"),
            ("annotations", ["a": 1], "manifests[0].annotations.a"),
            ("annotations", [], "manifests[0].annotations"), ("urls", "x", "manifests[0].urls"),
            ("urls", [1], "manifests[0].urls[0]"),
            ("platform", "linux", "manifests[0].platform"),
            ("platform", ["os": "linux"], "manifests[0].platform.architecture"),
        ] as [(String, JSONValue?, String)]
    )
    func badDescriptors(key: String, value: JSONValue?, path: String) throws {
        var object = try #require(Self.layer.objectValue)
        object[key] = value
        let error = #expect(throws: SpecError.self) { try Self.descriptor(.object(object)) }
        #expect(error?.path == path)
        #expect(error?.document == "index.json")
    }

    @Test(
        "are refused when they are something else",
        arguments: [
            ("schemaVersion", 1, "schemaVersion"), ("schemaVersion", nil, "schemaVersion"),
            ("schemaVersion", "2", "schemaVersion"),
            ("mediaType", "application/vnd.oci.image.index.v1+json", "mediaType"), ("mediaType", "x/y", "mediaType"),
            ("manifests", [], ""), ("manifests", .null, ""), ("fsLayers", [], ""), ("layers", nil, "layers"),
            ("layers", [:], "layers"),
            ("layers", [.null], "layers[0]"), ("config", nil, "config"), ("config", .null, "config"),
            ("subject", 1, "subject"),
            (
                "config", ["mediaType": "application/vnd.oci.empty.v1+json", "digest": .string(digest), "size": 2],
                "config"
            ),
            ("layers", .array(Array(repeating: layer, count: 4_097)), "layers"),
        ] as [(String, JSONValue?, String)]
    )
    func badManifests(key: String, value: JSONValue?, path: String) {
        var object = Self.manifest
        object[key] = value
        let error = #expect(throws: SpecError.self) { try ImageManifest(parsing: JSONValue.object(object).encoded()) }
        #expect(error?.path == path)
    }

    @Test("take null for no layers, as Go writes it, and as many layers as anything real has")
    func layerCounts() throws {
        var object = Self.manifest
        object["layers"] = .null
        #expect(try ImageManifest(parsing: JSONValue.object(object).encoded()).layers.isEmpty)
        object["layers"] = .array(Array(repeating: Self.layer, count: 4_096))
        #expect(try ImageManifest(parsing: JSONValue.object(object).encoded()).layers.count == 4_096)
    }

    @Test(
        "L-111, L-120, CVE-2021-41190: indexes that are something else are refused",
        arguments: [
            ("manifests", nil, "manifests"), ("manifests", .null, "manifests"), ("manifests", [:], "manifests"),
            ("layers", [], ""),
            ("config", .null, ""), ("schemaVersion", 1, "schemaVersion"),
            ("mediaType", "application/vnd.oci.image.manifest.v1+json", "mediaType"),
            ("manifests", .array(Array(repeating: layer, count: 1_025)), "manifests"),
        ] as [(String, JSONValue?, String)]
    )
    func badIndexes(key: String, value: JSONValue?, path: String) {
        var object = Self.index
        object[key] = value
        let error = #expect(throws: SpecError.self) { try ImageIndex(parsing: JSONValue.object(object).encoded()) }
        #expect(error?.path == path)
    }

    @Test("indexes may be empty, and null when that is allowed")
    func emptyIndexes() throws {
        let empty: JSONValue = ["schemaVersion": 2, "manifests": []]
        #expect(try ImageIndex(parsing: empty.encoded()).manifests.isEmpty)
        let null: JSONValue = ["schemaVersion": 2, "manifests": .null]
        #expect(try ImageIndex(parsing: null.encoded(), allowsNull: true).manifests.isEmpty)
    }

    @Test("are read as what their descriptor says")
    func documents() throws {
        let manifest = JSONValue.object(Self.manifest).encoded()
        let index = JSONValue.object(Self.index).encoded()
        guard case .manifest = try ManifestDocument(parsing: manifest, mediaType: .dockerManifest),
            case .index = try ManifestDocument(parsing: index, mediaType: .ociIndex)
        else {
            Issue.record("the wrong kind")
            return
        }
        #expect(throws: SpecError.self) { try ManifestDocument(parsing: manifest, mediaType: .ociIndex) }
        #expect(throws: SpecError.self) { try ManifestDocument(parsing: index, mediaType: .ociManifest) }
        #expect(throws: SpecError.self) { try ManifestDocument(parsing: manifest, mediaType: .ociConfig) }
    }

    @Test(
        "L-110: the layout's version is 1.0.0",
        arguments: [
            (#"{"imageLayoutVersion": "1.0.0"}"#, true), (#"{"imageLayoutVersion":"1.0.0","x":1}"#, true),
            (#"{"imageLayoutVersion":"9.9.9"}"#, false), ("{}", false), (#"{"imageLayoutVersion":1}"#, false),
            ("[]", false),
        ]
    )
    func layoutFiles(text: String, isGood: Bool) {
        #expect(((try? ImageLayoutFile(parsing: Array(text.utf8))) != nil) == isGood)
    }

    private static func descriptor(_ value: JSONValue) throws -> Descriptor {
        let index: JSONValue = ["schemaVersion": 2, "manifests": [value]]
        return try #require(try ImageIndex(parsing: index.encoded()).manifests.first)
    }
}
