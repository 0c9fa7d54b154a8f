import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import Testing

@Suite struct FormatTests {
    enum Form: String, CaseIterable {
        case docker, containersImage, legacy, ociPlain, ociGzip, ociZstd, hybrid

        func make(_ image: SampleImage) throws -> SampleArchive {
            switch self {
            case .docker: SampleArchive.docker([image])
            case .containersImage: SampleArchive.containersImage(image)
            case .legacy: SampleArchive.legacy(image).archive
            case .ociPlain: try SampleArchive.layout([image], form: .plain)
            case .ociGzip: try SampleArchive.layout([image], form: .gzip)
            case .ociZstd: try SampleArchive.layout([image], form: .zstd)
            case .hybrid: try SampleArchive.hybrid([image])
            }
        }

        var format: ArchiveFormat {
            switch self {
            case .docker, .containersImage: .dockerArchive
            case .legacy: .dockerLegacy
            case .ociPlain, .ociGzip, .ociZstd: .ociArchive
            case .hybrid: .dockerHybrid
            }
        }

        var compression: Compression {
            switch self {
            case .ociGzip: .gzip
            case .ociZstd: .zstd
            default: .none
            }
        }
    }

    static let image = SampleImage(["one", "two", "three"])

    private func check(_ source: ImageSource, _ form: Form, format: ArchiveFormat) throws {
        #expect(source.format == format)
        let image = try source.onlyImage()
        #expect(image.sourceFormat == format)
        if form != .legacy { #expect(image.imageID == Self.image.id) }
        #expect(image.references.map(\.familiar) == ["example.test/sample:1.0"])
        #expect(image.layers.map(\.diffID.description) == Self.image.diffIDs)
        #expect(image.layers.map(\.position) == [0, 1, 2])
        try image.checkLayers()
        for (layer, tar) in zip(image.layers, Self.image.layers) {
            let facts = try layer.openUncompressed().finish()
            #expect(facts.diffID == layer.diffID)
            #expect(facts.tarByteCount == Int64(tar.count))
            #expect(facts.compression == form.compression)
            #expect(facts.blobByteCount == layer.byteCount)
            #expect(layer.blobDigest == nil || layer.blobDigest == facts.blobDigest)
            #expect(try read(layer.openUncompressed()) == tar)
            let ahead = try layer.openUncompressed(readsAhead: true)
            #expect(try read(ahead) == tar)
            #expect(try ahead.finish() == facts)
            #expect(try read(layer.openForScanning()) == tar)
        }
    }

    private func read(_ source: any ByteSource) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let chunk = try source.nextChunk()
            if chunk.isEmpty { return bytes }
            bytes.append(contentsOf: chunk)
        }
    }

    @Test(
        "Every form in every compression gives the same image, from a file and from a pipe",
        arguments: Form.allCases,
        Codec.available
    )
    func compressions(form: Form, codec: Codec) throws {
        let bytes = try codec.encode(form.make(Self.image).bytes)
        for way in PlacedFile.Way.allCases {
            try check(PlacedFile(bytes, way).open(), form, format: form.format)
        }
    }

    @Test("All compressions can be tested", .disabled(if: Codec.missing.isEmpty, "all programs are there"))
    func missingCompressions() {
        withKnownIssue("not tested for want of programs: \(Codec.missing.joined(separator: " "))") {
            #expect(Codec.missing.isEmpty)
        }
    }

    @Test("Members may come in any order and spelling", arguments: Form.allCases, SampleArchive.Arrangement.allCases)
    func arrangements(form: Form, arrangement: SampleArchive.Arrangement) throws {
        let archive = try form.make(Self.image).arranged(arrangement)
        for way in PlacedFile.Way.allCases {
            try check(PlacedFile(archive, way).open(), form, format: form.format)
        }
    }

    @Test("A directory of the members gives the same image", arguments: Form.allCases)
    func directories(form: Form) throws {
        let placed = try PlacedFile(directory: form.make(Self.image))
        let format: ArchiveFormat = [.ociArchive, .dockerHybrid].contains(form.format) ? .ociLayout : form.format
        try check(placed.open(), form, format: format)
    }

    @Test("An OCI image keeps its manifest with its digests")
    func manifestIsKept() throws {
        let image = try PlacedFile(SampleArchive.layout([Self.image])).open().onlyImage()
        #expect(image.manifestBytes.map { Digest.sha256(of: $0) } == image.manifestDigest?.digest)
        #expect(image.manifestMediaType == .ociManifest)
        #expect(image.configDescriptorDigest?.digest == Self.image.id.digest)
        #expect(image.configBytes == Self.image.config)
    }

    @Test("Bytes after the archive's end do no harm")
    func trailingBytes() throws {
        let bytes = SampleArchive.docker([Self.image]).bytes + [UInt8](repeating: 0, count: 9216)
        for way in PlacedFile.Way.allCases {
            try check(PlacedFile(bytes, way).open(), .docker, format: .dockerArchive)
        }
    }
}
