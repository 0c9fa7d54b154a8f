import LayerArchive
import LayerTestKit
import Testing

@Suite("Encoders")
struct EncoderTests {
    private static let content = (0..<500_000).map { UInt8(truncatingIfNeeded: $0 >> 7 ^ $0) }

    @Test("gzip and zstd programs read what the encoders wrote", Need.tool("gzip"), Need.tool("zstd"))
    func programs() throws {
        for content in [[], [1], Self.content] {
            let isSameGzip = try Tool.run("gzip", ["-dc"], input: try Codec.gzipMember(content)) == content
            let isSameZstd = try Tool.run("zstd", ["-dqc"], input: try Codec.zstdFrame(content)) == content
            #expect(isSameGzip && isSameZstd)
        }
    }

    @Test("The header of gzip is always the same: no name, no time, system unknown")
    func gzipHeader() throws {
        #expect(try Codec.gzipMember(Self.content).prefix(10) == [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
    }

    @Test("Pieces give the bytes of the whole")
    func pieces() throws {
        let encoder = GzipEncoder()
        var member: [UInt8] = []
        var rest = Self.content[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(977))
            try piece.withUnsafeBytes { try encoder.write($0) { member += $0 } }
            rest = rest.dropFirst(977)
        }
        try encoder.finish { member += $0 }
        let isSame = member == (try Codec.gzipMember(Self.content))
        #expect(isSame)
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
