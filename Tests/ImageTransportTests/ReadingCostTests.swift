import Foundation
import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import LayerTestKit
import Testing

/// What is read of a large archive that lies on a disk: documents and headers, no body of a layer.
///
/// The kernel counts the bytes that the thread reads; a test runs on one thread.
@Suite(.enabled(if: ReadCounter.isAvailable, "needs /proc/thread-self/io"))
struct ReadingCostTests {
    enum Form: String, CaseIterable {
        case docker
        case layout
        case hybrid
        case directory
    }

    static let layerCount = 20
    static let layerByteCount = 35 << 20

    private static func place(_ form: Form) throws -> LargeArchive {
        var archive = LargeArchive()
        let layers = (0..<layerCount).map { "blobs/sha256/" + Digest.sha256(of: Array("layer \($0)".utf8)).hex }
        var image = SampleImage([])
        image.diffIDs = layers.map { "sha256:" + $0.dropFirst("blobs/sha256/".count) }
        for layer in layers { archive.addHole(layer, byteCount: layerByteCount) }
        if form != .layout, form != .directory {
            archive.add("config.json", image.config)
            archive.add("manifest.json", Array("[\(SampleArchive.manifest("config.json", nil, layers))]".utf8))
        }
        if form != .docker {
            var layout = SampleArchive()
            layout.add("oci-layout", SampleArchive.layoutMarker)
            let config = layout.addBlob(image.config, type: SampleArchive.configType) + "}"
            let descriptors = image.diffIDs.map {
                #"{"mediaType":"\#(SampleArchive.layerType)","digest":"\#($0)","size":\#(layerByteCount)}"#
            }
            layout.addIndex([layout.addManifest(config: config, layers: descriptors) + "}"])
            for member in layout.members { archive.add(member.name, member.content) }
        }
        return archive
    }

    @Test("Opening 700 MB reads kilobytes", arguments: Form.allCases)
    func opening(form: Form) throws {
        let archive = try Self.place(form)
        let scratch = try ScratchDirectory()
        let path = form == .directory ? try archive.writeFiles(in: scratch) : try archive.write(in: scratch)
        let counter = try ReadCounter()
        let source = try ImageSource.open(
            .path(path),
            platform: .host(Platform(os: "linux", architecture: "amd64")),
            spoolDirectory: nil
        )
        let image = try source.onlyImage()
        try image.checkLayers()
        for layer in image.layers { #expect(try layer.compression() == .none) }
        let byteCount = try counter.byteCount()
        #expect(image.layers.reduce(0) { $0 + $1.byteCount } == Int64(Self.layerCount * Self.layerByteCount))
        #expect(byteCount < 100_000, "\(form): \(byteCount) bytes")
    }

    @Test("Looking at the entries of a layer skips what the files hold", arguments: [8 << 20, 40 << 10, 5000, 600])
    func scanning(fileByteCount: Int) throws {
        let fileCount = 100
        var inner = LargeArchive()
        for number in 0..<fileCount { inner.addHole("file\(number)", byteCount: fileByteCount) }
        let scratch = try ScratchDirectory()
        var outer = LargeArchive()
        outer.add("layer", inner)
        var image = SampleImage([])
        image.diffIDs = ["sha256:" + String(repeating: "1", count: 64)]
        outer.add("config", image.config)
        outer.add("manifest.json", Array("[\(SampleArchive.manifest("config", nil, ["layer"]))]".utf8))
        let path = try outer.write(in: scratch)
        let source = try ImageSource.open(.path(path), platform: .host(Platform(os: "linux", architecture: "amd64")))
        let layer = try #require(try source.onlyImage().layers.first)
        let counter = try ReadCounter()
        let reader = TarReader(try layer.openForScanning())
        while try reader.next() {}
        let byteCount = try counter.byteCount()
        #expect(reader.entryCount == fileCount)
        // No more than a page a file, whatever its length, and the end; what the counter itself reads is in it.
        #expect(byteCount < fileCount * 4096 + 16384, "\(byteCount) bytes of \(layer.byteCount)")
    }
}
