import LayerKit
import LayerModel
import LayerTestKit
import Testing

/// Limits as a library user sets them: what is over one is refused by name and leaves nothing, and more can be allowed.
@Suite struct LimitTests {
    private static func limits(_ limit: InputLimit, _ value: Int64) -> InputLimits {
        var limits = InputLimits()
        limits[limit] = value
        return limits
    }

    /// Loads an image with a limit, and expects a refusal that leaves the store as it was.
    private static func refusal(
        _ image: MadeImage,
        _ limit: InputLimit,
        _ value: Int64
    ) throws -> LayerError? {
        let kit = try KitStore(limits: limits(limit, value))
        let before = try TreeLines.files(kit.path)
        let error = #expect(throws: LayerError.self) { try kit.load([image]) }
        #expect(error?.message.contains(limit.rawValue) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("made.tar") == true || limit.isFloor, "\(error?.message ?? "")")
        #expect(try TreeLines.files(kit.path) == before)
        return error
    }

    private static func sample() throws -> MadeImage {
        var image = try MadeImage([["a=one", "d/f=two"], ["b=three"]], tags: ["x:1", "y:2"])
        image.history = #"[{"created_by":"a"},{"created_by":"b"},{"empty_layer":true}]"#
        return image
    }

    static let cases: [(InputLimit, Int64, String)] = [
        (.layers, 1, "2 layers are more than 1"), (.imageBytes, 4000, "unpack to more than 4000 bytes together"),
        (.layerBytes, 2000, "over 2000 bytes"), (.members, 3, "more than 3 members"),
        (.tags, 1, "more than 1 elements"),
        (.manifestLayers, 1, "more than 1 elements"), (.history, 2, "more than 2 elements"),
        (.images, 0, "more than 0"),
        (.jsonBytes, 200, "too large for a document"), (.jsonDepth, 2, "nested more than 2 levels deep"),
        (.entries, 1, "too many entries (over 1)"), (.freeBytes, .max, "bytes would stay free"),
    ]

    @Test("An image that is over a limit is refused, with the limit's name", arguments: cases)
    func refused(limit: InputLimit, value: Int64, reason: String) throws {
        let error = try Self.refusal(Self.sample(), limit, value)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        #expect(error?.code == (limit.isFloor ? .failure : .corrupt))
    }

    @Test func `What is let in with raised limits can be listed, verified and saved with the usual ones`() throws {
        var image = try Self.sample()
        let long = String(repeating: "x", count: 5 << 20)
        image.runConfig = #"{"Labels":{"long":"\#(long)"}}"#
        let refused = try KitStore()
        let error = #expect(throws: LayerError.self) { try refused.load([image]) }
        #expect(error?.message.contains("--limit json-bytes=N allows more") == true)
        let kit = try KitStore(limits: Self.limits(.jsonBytes, 8 << 20))
        try kit.load([image])
        let usual = try ImageStore(root: kit.path, access: .reading)
        #expect(try usual.images().problems == [])
        #expect(try usual.verify([]).isIntact)
        var byteCount = 0
        try usual.save([image.fullID]) { byteCount += $0.count }
        #expect(byteCount > 5 << 20)
    }

    @Test func `A stream that grows too much is refused, and one that is let grow is taken`() throws {
        var tar = TarBuilder()
        tar.add(name: Array("zeros".utf8), content: [UInt8](repeating: 0, count: 4 << 20))
        tar.end()
        let kit = try KitStore()
        let path = try kit.file("zeros.tar.gz", GzipMember.compress(tar.bytes))
        var options = ImportOptions()
        options.limits = Self.limits(.ratioBytes, 1 << 20)
        options.limits[.ratio] = 100
        let error = #expect(throws: LayerError.self) { try ImageDraft.importing(path, options) }
        #expect(error?.message.contains("expands to more than 100 times its size") == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("--limit ratio=N") == true)
        options.limits[.ratioBytes] = 8 << 20
        #expect(throws: Never.self) { try ImageDraft.importing(path, options) }
        // The usual ratio is one that deflate never reaches.
        options.limits = Self.limits(.ratioBytes, 0)
        #expect(throws: Never.self) { try ImageDraft.importing(path, options) }
    }

    @Test func `A refused file of another form names its limit as well`() throws {
        let kit = try KitStore()
        var options = ImportOptions()
        options.limits = Self.limits(.entries, 1)
        let tar = TarBuilder.tar(try LayerSketch.layer(["a", "b"]))
        let path = try kit.file("two.tar", tar)
        let error = #expect(throws: LayerError.self) { try ImageDraft.importing(path, options) }
        #expect(error?.message.contains("--limit entries=N") == true)
        #expect(error?.message.contains("two.tar") == true)
    }
}
