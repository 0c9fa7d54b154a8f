import ImageSpec
import LayerKit
import LayerModel
import LayerTestKit
import TestImages
import Testing

/// An archive in any form becomes one in any other, without a store.
@Suite struct ConvertTests {
    static let fixtures = SaveTests.fixtures

    private func converted(_ path: String, _ options: SaveOptions, _ platform: Platform? = nil) throws -> [UInt8] {
        var bytes: [UInt8] = []
        let images = try ArchiveImages(.fileArgument(path), platform: platform)
        try ImageDraft.write(images.drafts(), options) { bytes += $0 }
        return bytes
    }

    private func facts(_ path: String) throws -> [String] {
        try ArchiveImages(.file(path)).images.map { image in
            "\(image.id) \(image.references.map(\.familiar)) \(image.layers.map(\.diffID))"
        }
    }

    @Test(
        "Every fixture is the same image in every form, and what is written once is written again",
        arguments: fixtures
    )
    func forms(fixture: ImageFixture) throws {
        let scratch = try ScratchDirectory()
        let kit = try KitStore()
        let platform = ImageFixture.app.contains(fixture) ? Platform(os: "linux", architecture: "amd64") : nil
        for (number, options) in SaveTests.choices.enumerated() {
            let bytes = try converted(fixture.path, options, platform)
            let path = scratch.path + "/\(number).tar"
            try TestFile.write(bytes, to: path)
            #expect(try converted(path, options) == bytes)
            #expect(try facts(path) == facts(scratch.path + "/0.tar"))
            _ = try kit.load(path)
        }
    }

    @Test("A manifest that names what is written keeps its bytes", arguments: [ImageFixture.ociLayout, .ociGzip])
    func manifest(fixture: ImageFixture) throws {
        let scratch = try ScratchDirectory()
        let images = try ArchiveImages(.file(fixture.path), platform: Platform(os: "linux", architecture: "amd64"))
        let digest = try #require(images.images[0].manifestDigest)
        for format in [SaveFormat.ociDirectory, .ociArchive, .dockerArchive] {
            let path = scratch.path + "/\(format.rawValue)"
            if format == .ociDirectory {
                try ImageDraft.write(images.drafts(), intoDirectory: path)
            } else {
                try TestFile.write(converted(fixture.path, SaveOptions(format)), to: path)
            }
            #expect(try ArchiveImages(.file(path)).images[0].manifestDigest == digest, "\(format)")
        }
        let plain = try converted(fixture.path, SaveOptions(.ociArchive, .uncompressed))
        try TestFile.write(plain, to: scratch.path + "/plain.tar")
        #expect(try ArchiveImages(.file(scratch.path + "/plain.tar")).images[0].manifestDigest != digest)
    }

    @Test(
        "A layer that is not what its DiffID says ends it before the end",
        arguments: [nil, BlobCompression.gzip(level: 1)]
    )
    func damage(compression: BlobCompression?) throws {
        let scratch = try ScratchDirectory()
        let made = try MadeImage([["a=1"], ["b=2"]])
        var other = made
        other.layers[1] = TarBuilder.tar(try LayerSketch.layer(["b=3"]))
        // The members are named by what they hold, so that the archive is whole but for the DiffID in the config.
        let archive = MadeImage.archive([other])
        let digests = (made.diffIDs[1].digest.hex, other.diffIDs[1].digest.hex)
        let damaged = Self.replacing(digests.1, by: digests.0, in: archive)
        try TestFile.write(damaged, to: scratch.path + "/damaged.tar")
        let error = #expect(throws: LayerError.self) {
            try ImageDraft.write(
                ArchiveImages(.file(scratch.path + "/damaged.tar")).drafts(),
                SaveOptions(.ociArchive, compression)
            ) { _ in }
        }
        #expect(error?.code == .corrupt)
    }

    /// Replaces a text by another of its length, all over an archive; checksums of headers do not cover the members' content.
    private static func replacing(_ old: String, by new: String, in bytes: [UInt8]) -> [UInt8] {
        let (old, new) = (Array("\"sha256:\(old)\"".utf8), Array("\"sha256:\(new)\"".utf8))
        var bytes = bytes
        var position = 0
        while position + old.count <= bytes.count {
            if bytes[position] == old[0], bytes[position..<(position + old.count)].elementsEqual(old) {
                bytes.replaceSubrange(position..<(position + old.count), with: new)
                position += old.count
            } else {
                position += 1
            }
        }
        return bytes
    }
}
