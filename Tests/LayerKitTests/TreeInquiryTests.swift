import ImageSpec
import LayerKit
import LayerModel
import LayerTestKit
import TestImages
import Testing

@Suite("A file with an image answers as the image does once it is loaded") struct TreeInquiryTests {
    private static let platform = Platform(os: "linux", architecture: "amd64")

    /// All names with all that is known of them, and the contents.
    private static func tree(_ inquiry: TreeInquiry, _ name: String) throws -> [String] {
        var lines: [String] = []
        var files: [[UInt8]] = []
        try inquiry.walk(name) { file, depth in
            let attributes = file.attributes
            let owner = "\(attributes.mode) \(attributes.uid) \(attributes.gid) \(attributes.modificationTime)"
            let names = attributes.extendedAttributes.map { "\(String(decoding: $0.name, as: UTF8.self))=\($0.value)" }
            let kind = "\(file.kind) \(file.byteCount) \(file.target) \(file.device) \(file.link != nil)"
            lines.append("\(String(decoding: file.name, as: UTF8.self)) \(depth) \(owner) \(kind) \(names.sorted())")
            if file.kind == .regular, file.byteCount < 1 << 20 { files.append(file.name) }
        }
        for file in files {
            guard let path = String(validating: file, as: UTF8.self) else { continue }
            var content: [UInt8] = []
            try inquiry.readFile(at: name + ":" + path) { content += $0 }
            lines.append("\(path) \(content.reduce(UInt64(0)) { $0 &* 31 &+ UInt64($1) })")
        }
        return lines
    }

    @Test(
        "The trees of all small images",
        arguments: ImageFixture.app + ImageFixture.variants.filter { $0 != .hardLinkForward }
    )
    func trees(fixture: ImageFixture) throws {
        let kit = try KitStore()
        let isApp = ImageFixture.app.contains(fixture)
        let report = try kit.load(fixture.path, isApp ? .platform("linux", "amd64") : LoadOptions())
        // Of an empty store nothing is taken: all is read from the file.
        let inquiry = TreeInquiry(try KitStore().store, platform: isApp ? Self.platform : nil)
        let image = try #require(report.images.first)
        let stored = try Self.tree(TreeInquiry(kit.store), image.id.description)
        #expect(try Self.tree(inquiry, fixture.path) == stored)
    }

    @Test("A layer that depends on what lies below it is another thing on each base")
    func dependentLayer() throws {
        let top = ["dir/new=1", "copy=>file"]
        let images = try [["dir/ 700", "file=one"], ["dir/ 711", "file=two!"]].enumerated().map { place, base in
            try MadeImage([base, top], tags: ["app:\(place)"])
        }
        let kit = try KitStore()
        let file = try kit.file("two.tar", MadeImage.archive(images))
        let inquiry = TreeInquiry(kit.store)
        let found = try inquiry.changes(between: [file + ":app:0", file + ":app:1"])
        #expect(found.map { String(decoding: $0.path, as: UTF8.self) } == ["/copy", "/dir", "/file"])
        var content: [UInt8] = []
        try inquiry.readFile(at: file + ":app:1:/copy") { content += $0 }
        #expect(content == Array("two!".utf8))
        try kit.load(file)
        #expect(try inquiry.changes(between: ["app:0", "app:1"]) == found)
        #expect(try inquiry.changes(between: [file + ":app:0", "app:0"]).isEmpty)
    }

    @Test("A layer whose bytes are not what its DiffID says is no answer to a comparison")
    func damage() throws {
        let kit = try KitStore()
        let (image, other) = try (MadeImage([["a=1"]]), MadeImage([["a=2"]], tags: ["app:2"]))
        var bytes = image.archive
        // The content of the one file begins a block.
        let body = bytes.indices.first { $0 % 512 == 0 && bytes[$0] == UInt8(ascii: "1") && bytes[$0 + 1] == 0 }
        bytes[try #require(body)] = UInt8(ascii: "3")
        let damaged = try kit.file("damaged.tar", bytes)
        let second = try kit.file("other.tar", other.archive)
        let error = #expect(throws: LayerError.self) {
            try TreeInquiry(kit.store).changes(between: [damaged, second])
        }
        #expect(error?.code == .corrupt)
    }
}
