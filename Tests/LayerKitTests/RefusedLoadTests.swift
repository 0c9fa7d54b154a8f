import LayerKit
import LayerModel
import LayerTestKit
import TestImages
import Testing

/// What is no image, or is not what it says, is refused with a code and a line, and leaves the store as it was.
@Suite struct RefusedLoadTests {
    /// Those that are not simply damaged.
    private static let codes: [String: LayerError.Code] = [
        "only-another-platform": .notFound, "no-images": .notFound,
        "digest-unknown-algorithm": .failure, "artifact-without-image": .failure, "tar-unknown-type": .failure,
    ]

    private func expectRefusal(
        _ path: String,
        by kit: KitStore,
        _ comment: Comment? = nil
    ) throws -> LayerError? {
        let before = try TreeLines.files(kit.path)
        let error = #expect(throws: LayerError.self, comment) { try kit.load(path) }
        #expect(try TreeLines.files(kit.path) == before, comment)
        #expect(try TestFile.list(kit.path + "/staging") == [], comment)
        return error
    }

    @Test("A broken archive is refused and leaves the store as it was", arguments: try MalformedFixture.all)
    func malformed(fixture: MalformedFixture) throws {
        let kit = try KitStore()
        try kit.load([MadeImage([["other"]])])
        // It shows where the rows of its history are counted.
        guard let error = try expectRefusal(fixture.path, by: kit) else { return }
        #expect(error.code == Self.codes[fixture.reason, default: .corrupt], "\(error.message)")
        #expect(error.message.hasPrefix(fixture.path + ": "), "\(error.message)")
        #expect(!error.message.contains { $0.isNewline || $0 == "\u{1b}" })
        #expect(error.message.count > fixture.path.count + 2)
    }

    @Test("A broken archive has no images either, where no layer need be read", arguments: try MalformedFixture.all)
    func history(fixture: MalformedFixture) throws {
        func read() throws -> [HistoryRow] {
            let archive = try ArchiveImages(.file(fixture.path))
            return try archive.measuring(archive.onlyImage()).history()
        }
        let blobs: Set<String> = [
            // What is wrong with these shows in the digests, which a look at sizes does not work out, or on the disk.
            "wrong-diff-id", "wrong-diff-id-in-oci", "wrong-blob-digest", "hard-link-to-nothing",
            "hard-link-to-directory",
            "hard-link-out", "hard-link-to-itself", "digest-unknown-algorithm",
        ]
        do {
            _ = try read()
            #expect(blobs.contains(fixture.reason))
        } catch let error as LayerError {
            #expect(error.code == Self.codes[fixture.reason, default: .corrupt], "\(error.message)")
        }
    }

    @Test(
        "An archive that is cut anywhere is refused and leaves nothing",
        arguments: [
            ImageFixture.mini, .dockerV24, .dockerV25, .dockerContainerd, .ociGzip, .ociZstd, .ociGzipCompressed, .bare,
            .containersImage, .dockerLegacy,
        ]
    )
    func truncated(fixture: ImageFixture) throws {
        let bytes = try TestFile.read(fixture.path)
        let contentCount = (bytes.lastIndex { $0 != 0 } ?? 0) + 1
        let kit = try KitStore()
        let seed: UInt64 = 36
        var generator = SeededGenerator(seed: seed)
        var counts = [0, 1, 511, 512, 513, contentCount - 1].filter { $0 < contentCount }
        for _ in 0..<24 { counts.append(Int.random(in: 0..<contentCount, using: &generator)) }
        for count in counts {
            let path = try kit.file("cut.tar", Array(bytes[..<count]))
            let error = try expectRefusal(path, by: kit, "\(count) of \(bytes.count) bytes, seed \(seed)")
            #expect(error?.code == .corrupt, "\(count) of \(bytes.count) bytes: \(error?.message ?? "")")
        }
        #expect(try kit.contents().map { $0.split(separator: " ")[0] } == ["format.json", "lock"])
    }

    @Test(
        "An archive with one byte turned is refused, or is the same image",
        arguments: [ImageFixture.mini, .ociGzip, .ociZstd, .dockerContainerd]
    )
    func turned(fixture: ImageFixture) throws {
        let bytes = try TestFile.read(fixture.path)
        let whole = try KitStore()
        let id = try whole.load(fixture.path, .platform("linux", "amd64")).images[0].id
        let seed: UInt64 = 37
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<30 {
            var damaged = bytes
            let position = Int.random(in: 0..<bytes.count, using: &generator)
            damaged[position] ^= UInt8.random(in: 1...255, using: &generator)
            let kit = try KitStore()
            do {
                let report = try kit.load(kit.file("turned.tar", damaged), .platform("linux", "amd64"))
                // Names and times of members are in nobody's digest.
                #expect(report.images.map(\.id) == [id], "byte \(position), seed \(seed)")
                let layers = try kit.store.image(id.description).layers.map(\.size)
                #expect(
                    try layers == whole.store.image(id.description).layers.map(\.size),
                    "byte \(position), seed \(seed)"
                )
            } catch let error as LayerError {
                #expect(error.code != .usage, "byte \(position), seed \(seed): \(error.message)")
                #expect(try kit.contents().map { $0.split(separator: " ")[0] } == ["format.json", "lock"])
            }
        }
    }

    @Test func `A file that is not there is not found, and a directory that is no layout is damaged`() throws {
        let kit = try KitStore()
        let absent = #expect(throws: LayerError.self) { try kit.load(kit.path + "/absent.tar") }
        #expect(absent?.code == .notFound)
        #expect(absent?.message.contains("absent.tar") == true)
        let scratch = try ScratchDirectory()
        let empty = #expect(throws: LayerError.self) { try kit.load(scratch.path) }
        #expect(empty?.code == .corrupt)
    }

    @Test func `L-96: more rows with a layer than layers are refused, as Docker refuses them`() throws {
        let path = ImageFixture.directory + "/should-fail-too-much-history.tar"
        let kit = try KitStore()
        let error = #expect(throws: LayerError.self) { try kit.load(path) }
        #expect(error?.code == .corrupt)
    }

    @Test func `L-81: a hard link to an entry that comes later is refused with both names`() throws {
        let kit = try KitStore()
        let error = try expectRefusal(ImageFixture.hardLinkForward.path, by: kit)
        #expect(error?.code == .corrupt)
        #expect(error?.message.hasSuffix("entry \"b\": hardlink target not found: \"later\"") == true)
    }

    @Test func `A layer that is not in the file is said to be missing`() throws {
        let kit = try KitStore()
        let error = try expectRefusal(ImageFixture.foreignLayer.path, by: kit)
        #expect(error?.code == .failure)
        #expect(error?.message.contains("https://example.test/layer") == true)
    }

    @Test func `One bad image of a file takes the good one with it`() throws {
        let good = try MadeImage([["good"]], tags: ["good"])
        var bad = try MadeImage([["bad"]], tags: ["bad"])
        let kit = try KitStore()
        bad.layers = [Array("no tar at all, though its digest is right".utf8)]
        let error = #expect(throws: LayerError.self) { try kit.load([good, bad]) }
        #expect(error?.code == .corrupt)
        #expect(try kit.contents().map { $0.split(separator: " ")[0] } == ["format.json", "lock"])
    }

    @Test func `More layers than an overlay can have are refused before any is read`() throws {
        let kit = try KitStore()
        let empty = [UInt8](repeating: 0, count: 1024)
        let image = MadeImage(tars: Array(repeating: empty, count: 501))
        let error = #expect(throws: LayerError.self) { try kit.load([image]) }
        #expect(error?.code == .corrupt)
        #expect(
            error?.message.contains(
                "501 layers are more than 500, and 500 can be mounted; --limit layers=N allows more"
            ) == true
        )
        #expect(try kit.load([MadeImage(tars: Array(repeating: empty, count: 500))]).unpackedLayerCount == 1)
    }
}
