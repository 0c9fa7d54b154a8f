import Foundation
import Glibc
import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import LayerSystem
import Testing

/// Layers that are foreign to a docker-archive, and layers that several threads read.
@Suite struct LayerReadingTests {
    static let image = SampleImage(["one"])

    @Test("A foreign layer that `manifest.json` names and the archive has not is reported", arguments: [true, false])
    func foreign(hasAddress: Bool) throws {
        let urls = hasAddress ? #","urls":["https://mcr.example.test/layer"]"# : ""
        let type = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"
        let source = #"{"mediaType":"\#(type)","digest":"\#(Self.image.diffIDs[0])","size":9\#(urls)}"#
        var archive = SampleArchive()
        archive.add("config", Self.image.config)
        let manifest = SampleArchive.manifest("config", nil, ["layer.tar"]).dropLast()
        archive.add("manifest.json", "[\(manifest),\"LayerSources\":{\"\(Self.image.diffIDs[0])\":\(source)}}]")
        let file = try PlacedFile(archive)
        if hasAddress {
            let image = try file.open().onlyImage()
            let error = #expect(throws: TransportError.self) { try image.checkLayers() }
            #expect(error?.kind == .unsupported)
            #expect(error?.reason.hasSuffix("never fetched from https://mcr.example.test/layer") == true)
        } else {
            let error = #expect(throws: TransportError.self) { try file.open() }
            #expect(error?.reason == "layer not found in the archive")
        }
    }

    @Test("Layers can be read by several threads at once, from a file, a pipe and a directory")
    func threads() throws {
        let image = SampleImage((0..<24).map { "layer \($0) " + String(repeating: "x", count: $0 * 3) })
        let archive = try SampleArchive.layout([image], form: .zstd)
        for file in try [PlacedFile(archive), PlacedFile(archive, .pipe), PlacedFile(directory: archive)] {
            let layers = try file.open().onlyImage().layers
            try WorkerPool.run(workers: 4, jobs: layers.count * 4) { job in
                let layer = layers[job % layers.count]
                let found = try layer.openUncompressed().finish()
                guard found.diffID == layer.diffID else { throw ArchiveError.checksum("layer") }
            }
        }
    }

    @Test(
        "A reader that stops early has verified nothing until it finishes",
        arguments: SampleArchive.LayerForm.allCases
    )
    func earlyStop(form: SampleArchive.LayerForm) throws {
        var image = SampleImage(["one"])
        image.diffIDs = ["sha256:" + String(repeating: "c", count: 64)]
        let file = try PlacedFile(SampleArchive.layout([image], form: form))
        let layer = try #require(try file.open().onlyImage().layers.first)
        for readsAhead in [false, true] {
            let stream = try layer.openUncompressed(readsAhead: readsAhead)
            #expect(try !stream.nextChunk().isEmpty)
            for _ in 0..<2 { #expect(throws: TransportError.self) { try stream.finish() } }
        }
    }

    @Test("A blob of a layout directory that changes its length between two looks is refused")
    func changedFile() throws {
        let archive = try SampleArchive.layout([Self.image], form: .plain)
        let file = try PlacedFile(directory: archive)
        let layer = try #require(try file.open().onlyImage().layers.first)
        try file.append([0], to: "blobs/sha256/" + Digest.sha256(of: Self.image.layers[0]).hex)
        let error = #expect(throws: TransportError.self) { try layer.openUncompressed().finish() }
        #expect(error?.kind == .corrupt)
        #expect(error?.subject.member == Self.image.diffIDs[0])
    }

    @Test("An archive that is removed after it was opened is still read to its end")
    func removedFile() throws {
        let file = try PlacedFile(SampleArchive.docker([Self.image]))
        let source = try file.open()
        try FileManager.default.removeItem(atPath: file.path)
        try source.readAllLayers()
    }

    @Test("An archive that is cut while it is in use ends with an error that names the layer")
    func cutFile() throws {
        let file = try PlacedFile(SampleArchive.docker([Self.image]))
        let layer = try #require(try file.open().onlyImage().layers.first)
        try #require(truncate(file.path, 3000) == 0)
        let ways: [() throws -> any ByteSource] = [
            { try layer.openUncompressed() }, { try layer.openUncompressed(readsAhead: true) },
            { try layer.openForScanning() }, { try layer.open() },
        ]
        for open in ways {
            let error = #expect(throws: (any Error).self) {
                let source = try open()
                while try !source.nextChunk().isEmpty {}
            }
            let found = error.map { TransportError.wrapping($0, layer.subject) }
            #expect(found?.kind == .truncated)
            #expect(found?.subject == layer.subject)
        }
    }

    @Test(
        "An archive of more than 100,000 members is refused",
        .disabled(if: _isDebugAssertConfiguration(), "takes long without optimization")
    )
    func memberLimit() throws {
        var member = SampleArchive()
        member.add("x", [])
        let block = member.bytes.prefix(512)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512 * 100_001 + 1024)
        for _ in 0...100_000 { bytes.append(contentsOf: block) }
        let file = try PlacedFile(Codec.zstd(bytes))
        let error = #expect(throws: TransportError.self) { try file.open() }
        #expect(error?.reason.contains("more than 100000 members") == true)
    }
}
