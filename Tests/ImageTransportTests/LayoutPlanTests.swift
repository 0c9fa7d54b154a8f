import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import LayerTestKit
import Testing

/// Contract 3.5: the documents of what `docker save` writes since v25, byte for byte as this project writes them.
@Suite struct LayoutPlanTests {
    private let made = MadeImage(tars: [TarBuilder.tar([])], tags: [])
    private var diffID: DiffID { made.diffIDs[0] }
    private var layer: OutgoingLayer {
        OutgoingLayer(diffID: diffID, blobDigest: BlobDigest(diffID.digest), byteCount: 1024, compression: .none)
    }

    private func image(
        _ names: [String],
        layers: [OutgoingLayer],
        manifest: ReceivedManifest? = nil
    ) throws
        -> OutgoingImage
    {
        OutgoingImage(
            references: try names.map { try ImageReference(parsing: $0) },
            id: made.id,
            config: try ImageConfig(parsing: made.configBytes),
            layers: layers,
            receivedManifest: manifest
        )
    }

    private func documents(_ plan: LayoutPlan) -> [String: String] {
        var documents: [String: String] = [:]
        for case (let name, .document(let bytes)) in plan.members {
            documents[name] = String(decoding: bytes, as: UTF8.self)
        }
        return documents
    }

    private var manifestText: String {
        let config =
            #"{"digest":"\#(made.fullID)","mediaType":"application/vnd.oci.image.config.v1+json","size":\#(made.configBytes.count)}"#
        let layer =
            #"{"digest":"\#(diffID)","mediaType":"application/vnd.oci.image.layer.v1.tar","size":1024}"#
        let type = "application/vnd.oci.image.manifest.v1+json"
        return #"{"config":\#(config),"layers":[\#(layer)],"mediaType":"\#(type)","schemaVersion":2}"#
    }

    private func entry(_ annotations: String) -> String {
        let digest = Digest.sha256(of: manifestText.utf8)
        let type = "application/vnd.oci.image.manifest.v1+json"
        let platform = #"{"architecture":"amd64","os":"linux"}"#
        let rest =
            #""digest":"\#(digest)","mediaType":"\#(type)","platform":\#(platform),"size":\#(manifestText.utf8.count)"#
        return "{\(annotations)\(rest)}"
    }

    private func index(_ entries: [String]) -> String {
        let type = "application/vnd.oci.image.index.v1+json"
        return #"{"manifests":[\#(entries.joined(separator: ","))],"mediaType":"\#(type)","schemaVersion":2}"#
    }

    @Test func `The documents of a named image are Docker's`() throws {
        let plan = LayoutPlan([try image(["app:1", "example.test/a/b:2"], layers: [layer])], form: .docker)
        let documents = documents(plan)
        let (id, hex) = (made.hexID, diffID.digest.hex)
        #expect(documents["blobs/sha256/\(id)"] == String(decoding: made.configBytes, as: UTF8.self))
        #expect(documents["blobs/sha256/\(Digest.sha256(of: manifestText.utf8).hex)"] == manifestText)
        let annotations = [("docker.io/library/app:1", "1"), ("example.test/a/b:2", "2")].map { full, tag in
            #""annotations":{"io.containerd.image.name":"\#(full)","org.opencontainers.image.ref.name":"\#(tag)"},"#
        }
        #expect(documents["index.json"] == index(annotations.map(entry)))
        #expect(documents["oci-layout"] == #"{"imageLayoutVersion": "1.0.0"}"#)
        let source = #"{"digest":"\#(diffID)","mediaType":"application/vnd.oci.image.layer.v1.tar","size":1024}"#
        #expect(
            documents["manifest.json"]
                == #"[{"Config":"blobs/sha256/\#(id)","LayerSources":{"\#(diffID)":\#(source)},"#
                + #""Layers":["blobs/sha256/\#(hex)"],"RepoTags":["app:1","example.test/a/b:2"]}]"#
        )
        #expect(documents["repositories"] == #"{"app":{"1":"\#(hex)"},"example.test/a/b":{"2":"\#(hex)"}}"#)
        #expect(documents.count == 6)
    }

    @Test func `An image without a name is in the index behind one with a name, and has no tags`() throws {
        let images = [try image(["app:1"], layers: [layer]), try image([], layers: [])]
        let documents = documents(LayoutPlan(images, form: .docker))
        let entries = try ImageIndex(parsing: Array(try #require(documents["index.json"]).utf8)).manifests
        #expect(entries.map(\.annotations.count) == [2, 0])
        #expect(documents["manifest.json"]?.contains(#""Layers":[],"RepoTags":null}"#) == true)
        let alone = LayoutPlan([try image([], layers: [layer])], form: .docker)
        #expect(self.documents(alone)["repositories"] == nil)
        #expect(self.documents(alone)["index.json"] == index([entry("")]))
    }

    @Test func `An OCI layout has none of Docker's documents, and members come in the order of their bytes`() throws {
        let plan = LayoutPlan([try image(["app:1"], layers: [layer, layer])], form: .oci)
        let names = plan.members.map(\.name)
        #expect(names.count == 7)
        #expect(names == names.sorted())
        #expect(Array(names.prefix(2)) == ["blobs", "blobs/sha256"])
        #expect(Array(names.suffix(2)) == ["index.json", "oci-layout"])
    }

    @Test func `The received manifest is kept where it names what is written, and only there`() throws {
        let bytes = Array(manifestText.replacing("{\"config\"", with: "{ \"config\"").utf8)
        let digest = BlobDigest(.sha256(of: bytes))
        let received = ReceivedManifest(try ImageManifest(parsing: bytes), digest: digest)
        let kept = LayoutPlan([try image([], layers: [layer], manifest: received)], form: .oci)
        #expect(documents(kept)["blobs/sha256/\(digest.digest.hex)"] == String(decoding: bytes, as: UTF8.self))
        #expect(documents(kept)["index.json"]?.contains(digest.description) == true)
        let longer = OutgoingLayer(
            diffID: diffID,
            blobDigest: BlobDigest(diffID.digest),
            byteCount: 1025,
            compression: .none
        )
        for layers in [[], [layer, layer], [longer]] {
            let plan = LayoutPlan([try image([], layers: layers, manifest: received)], form: .oci)
            #expect(documents(plan)["blobs/sha256/\(digest.digest.hex)"] == nil)
        }
    }

    @Test func `The tar has directories first, no times, no owners, and the bytes that were given`() throws {
        var bytes: [UInt8] = []
        let sink = try TarSink { bytes += $0 }
        try sink.addDirectory("blobs")
        try sink.begin("blobs/x", byteCount: 3)
        try Array("abc".utf8).withUnsafeBytes { try sink.write($0) }
        try sink.finish()
        #expect(bytes.count == 512 * 5)
        #expect(bytes.starts(with: Array("blobs/\0".utf8)))
        #expect(bytes[512...].starts(with: Array("blobs/x\0".utf8)))
        for (header, mode) in [(0, "000755 "), (512, "000644 ")] {
            #expect(String(decoding: bytes[(header + 100)..<(header + 107)], as: UTF8.self) == mode)
            #expect(bytes[(header + 108)..<(header + 122)].allSatisfy { $0 == 0x30 || $0 == 0x20 || $0 == 0 })
            #expect(bytes[(header + 136)..<(header + 147)].allSatisfy { $0 == 0x30 })
        }
        #expect(Array(bytes[1024..<1028]) == Array("abc\0".utf8))
    }

    @Test func `A file that is not as long as was said is an error`() throws {
        let sink = try TarSink { _ in }
        try sink.begin("x", byteCount: 2)
        #expect(throws: ArchiveError.self) { try sink.finish() }
    }

    @Test("Docker's old form has a directory a layer, and a link where a layer has two places")
    func legacy() throws {
        let images = [try image(["app:1"], layers: [layer, layer]), try image(["other:1"], layers: [layer])]
        let members = LayoutPlan(images, form: .dockerLegacy).members
        let names = members.map(\.name)
        let documents = documents(LayoutPlan(images, form: .dockerLegacy))
        let directories = names.filter { $0.utf8.count == 64 }
        #expect(directories.count == 3)
        for directory in directories {
            #expect(documents["\(directory)/VERSION"] == "1.0")
            let json = try JSONValue(parsing: Array((documents["\(directory)/json"] ?? "").utf8))
            #expect(json["id"]?.stringValue == directory)
            if let parent = json["parent"]?.stringValue { #expect(directories.contains(parent)) }
        }
        #expect(names.filter { $0.hasSuffix(".json") && !$0.contains("/") } == ["\(made.hexID).json", "manifest.json"])
        let tars = members.filter { $0.name.hasSuffix("/layer.tar") }
        let holders = tars.filter { if case .layer = $0.content { true } else { false } }
        #expect(tars.count == 3 && holders.count == 1)
        for case (_, .link(let target)) in tars { #expect("../\(holders[0].name)" == target) }
    }
}
