import Foundation
import ImageSpec
import LayerArchive
import LayerModel
import LayerTestKit
import Testing

@testable import LayerKit

/// Contract 3.7: a root file system in an archive of any kind becomes an image of one layer.
@Suite struct ImportTests {
    private static let tar = TarBuilder.tar(
        (try? LayerSketch.layer(["d/", "d/file=text", "d/second=>d/file", "link->d/file", "tool 4755", "pipe|"])) ?? []
    )
    private let scratch: ScratchDirectory

    init() throws {
        scratch = try ScratchDirectory()
    }

    private func file(_ bytes: [UInt8]) throws -> String {
        try TestFile.write(bytes, to: scratch.path + "/root")
        return scratch.path + "/root"
    }

    private func entries(_ draft: ImageDraft) throws -> [LayerEntry] {
        try TarEntries.read(draft.layers[0].source.openTar(readsAhead: false))
    }

    @Test func `A tar is the layer, byte for byte`() throws {
        var options = ImportOptions()
        options.time = Timestamp(seconds: 1_700_000_000)
        options.changes = try ConfigChanges(parsing: ["CMD [\"sh\"]"])
        let image = try ImageDraft.importing(file(Self.tar + [UInt8](repeating: 0, count: 4096)), options)
        let whole = Self.tar + [UInt8](repeating: 0, count: 4096)
        #expect(image.layers.map(\.diffID) == [DiffID(.sha256(of: whole))])
        #expect(
            image.config.history == [
                HistoryEntry(createdText: "2023-11-14T22:13:20Z", comment: "Imported from -")
            ]
        )
        #expect(image.config.config["Cmd"] == ["sh"])
        #expect(image.config.platform == ImageStore.hostPlatform)
        let kit = try KitStore()
        let report = try kit.store.add([image])
        #expect(try kit.store.image(report.images[0].id.description).config.bytes == image.config.bytes)
    }

    @Test("What compresses it makes no difference", Need.tool("bash"), arguments: ["gzip", "bzip2", "xz", "zstd"])
    func compressions(tool: String) throws {
        let path = try file(Self.tar)
        try #require(Need.find(tool) != nil)
        try run("\(tool) -c < \(path) > \(path).packed")
        #expect(try ImageDraft.importing(path + ".packed").layers[0].diffID == DiffID(.sha256(of: Self.tar)))
    }

    @Test(
        "Other archives become a tar that means the same",
        Need.tool("bsdtar"),
        arguments: ["newc", "odc", "zip", "7zip", "xar", "iso9660"]
    )
    func formats(format: String) throws {
        let path = try file(Self.tar)
        try run("\(unpacked) && bsdtar -cf ../root.other --format \(format) *")
        let image = try ImageDraft.importing(path + ".other")
        let again = try ImageDraft.importing(path + ".other")
        #expect(again.layers[0].diffID == image.layers[0].diffID)
        var (found, wanted) = (TreeMerge(), TreeMerge())
        try found.apply(entries(image))
        try wanted.apply(TarEntries.read(BytesSource(Self.tar)))
        for (path, node) in wanted.nodes where node.kind != .fifo || format == "newc" {
            let other = found.nodes[path]
            #expect(other?.kind == node.kind, "\(path)")
            #expect(other?.content == node.content, "\(path)")
            #expect(other?.target == node.target, "\(path)")
            if node.kind == .regular, !["iso9660", "xar"].contains(format) {
                #expect(other?.attributes.mode == node.attributes.mode, "\(path)")
            }
        }
    }

    @Test("Names of one file in a cpio stay names of one file", Need.tool("bsdtar"))
    func hardLinks() throws {
        let path = try file(Self.tar)
        try run("\(unpacked) && bsdtar -cf ../root.cpio --format newc *")
        var merge = TreeMerge()
        try merge.apply(entries(ImageDraft.importing(path + ".cpio")))
        let names = try ["d/file", "d/second"].map { try LayerPath(normalizing: Array($0.utf8)) }
        #expect(merge.nodes[names[0]]?.inode == merge.nodes[names[1]]?.inode)
        #expect(merge.nodes[names[1]]?.content == Array("text".utf8))
    }

    @Test(
        "What no layer may have is refused",
        arguments: [Array("../x".utf8), Array("a/../../x".utf8), Array("/../x".utf8)]
    )
    func refused(name: [UInt8]) throws {
        var builder = TarBuilder()
        builder.add(name: name, content: [1])
        builder.end()
        let path = try file(builder.bytes)
        let error = #expect(throws: LayerError.self) { try ImageDraft.importing(path) }
        #expect(error?.code == .corrupt)
        #expect(error?.message.hasPrefix(path) == true)
    }

    @Test("What is no archive is refused", arguments: [[], Array("text".utf8), [UInt8](repeating: 7, count: 100_000)])
    func noArchive(bytes: [UInt8]) throws {
        let path = try file(bytes)
        let error = #expect(throws: LayerError.self) { try ImageDraft.importing(path) }
        #expect(error?.code == .corrupt)
    }

    private var unpacked: String { "cd \(scratch.path) && mkdir tree && bsdtar -xpf root -C tree && cd tree" }

    private func run(_ line: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", line]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(line)")
    }
}
