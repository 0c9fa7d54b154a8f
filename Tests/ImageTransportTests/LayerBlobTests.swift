import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import Testing

/// Layers: what they are compressed with, what they are said to be, and their DiffIDs (contracts L-03, L-04, L-91, L-107).
@Suite struct LayerBlobTests {
    static let image = SampleImage(["one"])
    static let tar = image.layers[0]

    private static func archive(_ blob: [UInt8], type: String, more: String = "") throws -> SampleArchive {
        var archive = SampleArchive()
        archive.add("oci-layout", SampleArchive.layoutMarker)
        let layer = archive.addBlob(blob, type: type) + more + "}"
        let config = archive.addBlob(image.config, type: SampleArchive.configType) + "}"
        archive.addIndex([archive.addManifest(config: config, layers: [layer]) + "}"])
        return archive
    }

    @Test(
        "A layer is decompressed by its first bytes, whatever its type says",
        arguments: Codec.available,
        [
            "application/vnd.oci.image.layer.v1.tar", "application/vnd.oci.image.layer.v1.tar+gzip",
            "application/vnd.oci.image.layer.v1.tar+zstd", "application/vnd.docker.image.rootfs.diff.tar.gzip",
            "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
            "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
        ]
    )
    func compressions(codec: Codec, type: String) throws {
        let blob = try codec.encode(Self.tar)
        let image = try PlacedFile(Self.archive(blob, type: type)).open().onlyImage()
        try image.checkLayers()
        let layer = try #require(image.layers.first)
        #expect(try layer.compression().rawValue == codec.rawValue)
        let facts = try layer.openUncompressed().finish()
        #expect(facts.blobDigest.digest == Digest.sha256(of: blob))
        #expect(facts.blobByteCount == Int64(blob.count))
        #expect(facts.tarByteCount == Int64(Self.tar.count))
        #expect(facts.compression.rawValue == codec.rawValue)
    }

    @Test("The layers of a docker-archive may be compressed, whatever their names say", arguments: Codec.available)
    func dockerLayers(codec: Codec) throws {
        var archive = SampleArchive()
        archive.add("layer.tar", try codec.encode(Self.tar))
        archive.add("config.json", Self.image.config)
        archive.add("manifest.json", "[\(SampleArchive.manifest("config.json", nil, ["layer.tar"]))]")
        let facts = try PlacedFile(archive).open().readAllLayers()
        #expect(facts[0][0].compression.rawValue == codec.rawValue)
    }

    @Test("One compression is undone, not two")
    func nested() throws {
        let blob = Codec.gzip(Codec.gzip(Self.tar))
        let source = try PlacedFile(Self.archive(blob, type: SampleArchive.layerType + "+gzip")).open()
        let error = #expect(throws: TransportError.self) { try source.readAllLayers() }
        #expect(
            error?.reason.hasPrefix("invalid diffID for layer 0: expected \"\(Self.image.diffIDs[0])\", got ") == true
        )
    }

    @Test(
        "What is no layer type is refused before it is read",
        arguments: [
            "application/vnd.oci.image.layer.v1.tar+gzip+encrypted", "application/vnd.oci.image.layer.v1.tar+encrypted",
            "application/vnd.in-toto+json", "application/octet-stream", "text/html",
            "application/vnd.oci.empty.v1+json",
        ]
    )
    func types(type: String) throws {
        let image = try PlacedFile(Self.archive(Self.tar, type: type)).open().onlyImage()
        let error = #expect(throws: TransportError.self) { try image.checkLayers() }
        #expect(error?.kind == .unsupported)
        let what = type.hasSuffix("+encrypted") ? "unsupported encrypted layer" : "unsupported layer media type"
        #expect(error?.reason == "\(what): \"\(type)\"")
        #expect(error?.subject.member == Digest.sha256(of: Self.tar).description)
        #expect(throws: TransportError.self) { try image.layers[0].openUncompressed() }
        #expect(throws: TransportError.self) { try image.layers[0].open() }
        #expect(throws: TransportError.self) { try image.layers[0].openForScanning() }
    }

    @Test("A foreign layer is reported with its address and never fetched (L-107)", arguments: [true, false])
    func foreign(isForeignType: Bool) throws {
        let type =
            isForeignType
            ? "application/vnd.oci.image.layer.nondistributable.v1.tar" : "application/vnd.oci.image.layer.v1.tar"
        var archive = try Self.archive(Self.tar, type: type, more: #","urls":["http://127.0.0.1:9/x"]"#)
        archive.remove("blobs/sha256/\(Digest.sha256(of: Self.tar).hex)")
        let layer = try #require(try PlacedFile(archive).open().onlyImage().layers.first)
        #expect(!layer.isPresent)
        #expect(layer.urls == ["http://127.0.0.1:9/x"])
        #expect(layer.byteCount == Int64(Self.tar.count))
        let error = #expect(throws: TransportError.self) { try layer.checkUsable() }
        #expect(error?.kind == .unsupported)
        #expect(
            error?.reason
                == "the blob of a foreign layer is not in the archive, and is never fetched from http://127.0.0.1:9/x"
        )
    }

    @Test(
        "A layer whose DiffID is another is refused at its end, with its place (L-91)",
        arguments: FormatTests.Form.allCases
    )
    func diffIDs(form: FormatTests.Form) throws {
        guard form != .legacy else { return }
        var image = SampleImage(["one", "two"])
        image.diffIDs[1] = "sha256:" + String(repeating: "b", count: 64)
        let file = try PlacedFile(form.make(image))
        let layers = try file.open().onlyImage().layers
        _ = try layers[0].openUncompressed().finish()
        let error = #expect(throws: TransportError.self) { try layers[1].openUncompressed().finish() }
        #expect(error?.kind == .corrupt)
        #expect(error?.subject.file == file.path)
        #expect(error?.subject.member == layers[1].memberName)
        let found = Digest.sha256(of: image.layers[1])
        #expect(error?.reason == "invalid diffID for layer 1: expected \"\(image.diffIDs[1])\", got \"\(found)\"")
    }

    @Test("A DiffID may be a SHA-512")
    func longDiffID() throws {
        var image = SampleImage(["one"])
        image.diffIDs = [Digest.of(image.layers[0], .sha512).description]
        for form in SampleArchive.LayerForm.allCases {
            let facts = try PlacedFile(SampleArchive.layout([image], form: form)).open().readAllLayers()
            #expect(facts[0][0].diffID.description == image.diffIDs[0])
        }
    }

    @Test("As many layers as DiffIDs, or the image is refused (L-91)", arguments: FormatTests.Form.allCases, [-1, 1])
    func counts(form: FormatTests.Form, difference: Int) throws {
        guard form != .legacy else { return }
        var image = SampleImage(["one", "two"])
        image.diffIDs = difference < 0 ? [image.diffIDs[0]] : image.diffIDs + [image.diffIDs[0]]
        let file = try PlacedFile(form.make(image))
        let error = #expect(throws: TransportError.self) { try file.open() }
        #expect(error?.kind == .invalid)
        #expect(error?.reason == "invalid manifest, layers length mismatch: expected \(2 + difference), got 2")
    }

    @Test(
        "A compressed layer that ends early or is damaged is refused by name",
        arguments: [Codec.gzip, .zstd, .xz, .bzip2, .lz4]
    )
    func damaged(codec: Codec) throws {
        guard Codec.available.contains(codec) else { return }
        let blob = try codec.encode(Self.tar)
        var flipped = blob
        flipped[blob.count / 2] ^= 0x40
        for bytes in [Array(blob.dropLast(9)), Array(blob.prefix(12)), flipped] {
            let file = try PlacedFile(Self.archive(bytes, type: SampleArchive.layerType))
            let layer = try #require(try file.open().onlyImage().layers.first)
            let error = #expect(throws: TransportError.self) { try layer.openUncompressed().finish() }
            #expect([.corrupt, .truncated].contains(error?.kind))
            #expect(error?.subject == layer.subject)
        }
    }
}
