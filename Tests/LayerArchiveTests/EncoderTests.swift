import LayerArchive
import LayerTestKit
import Testing

@Suite("Encoders")
struct EncoderTests {
    private static let content = (0..<500_000).map { UInt8(truncatingIfNeeded: $0 >> 7 ^ $0) }

    @Test("gzip and zstd programs read what the encoders wrote", Need.tool("gzip"), Need.tool("zstd"))
    func programs() throws {
        for content in [[], [1], Self.content] {
            let isSameGzip = try Tool.run("gzip", ["-dc"], input: Codec.gzipMember(content)) == content
            let isSameZstd = try Tool.run("zstd", ["-dqc"], input: try Codec.zstdFrame(content)) == content
            #expect(isSameGzip && isSameZstd)
        }
    }

    @Test("The header of gzip is always the same: no name, no time, system unknown")
    func gzipHeader() throws {
        #expect(Codec.gzipMember(Self.content).prefix(10) == [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
    }

    @Test(
        "Blocks of any length are read as one member, and one that repeats what went before is short",
        Need.tool("gzip")
    )
    func blocks() throws {
        for blockByteCount in [1000, 32 << 10, 70_000, 500_000] {
            let member = GzipMember.compress(Self.content, blockByteCount: blockByteCount)
            #expect(try Tool.run("gzip", ["-dc"], input: member) == Self.content)
        }
        var generator = SeededGenerator(seed: 7)
        let noise = (0..<20_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let member = GzipMember.compress(noise + noise, blockByteCount: noise.count)
        #expect(member.count < 21_000)
        #expect(try Tool.run("gzip", ["-dc"], input: member) == noise + noise)
    }

    @Test("A zstd frame of another length than expected is refused")
    func frameLength() throws {
        let frame = try Codec.zstdFrame(Self.content)
        let count = Self.content.count
        let isSame =
            try frame.withUnsafeBytes { try ZstdFrame.decompress($0, expectedByteCount: count) } == Self.content
        #expect(isSame)
        for other in [0, 1, count - 1, count + 1] {
            #expect(throws: ArchiveError.self) {
                try frame.withUnsafeBytes { try ZstdFrame.decompress($0, expectedByteCount: other) }
            }
        }
        #expect(throws: ArchiveError.self) {
            try frame.dropLast().withUnsafeBytes { try ZstdFrame.decompress($0, expectedByteCount: count) }
        }
    }
}
