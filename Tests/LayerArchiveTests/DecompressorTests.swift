import LayerArchive
import LayerModel
import LayerTestKit
import Testing

@Suite("Decompressor")
struct DecompressorTests {
    static let chunkByteCounts = [1, 2, 7, 64 << 10]

    /// Content that compresses somewhat, longer than one output buffer.
    static let content: [UInt8] = {
        var generator = SeededGenerator(seed: 11)
        return (0..<600_000).map { index in index % 5 == 0 ? UInt8.random(in: 0...255, using: &generator) : 65 }
    }()

    static func decode(_ bytes: [UInt8], chunkByteCount: Int = 64 << 10) throws -> [UInt8] {
        try TarReading.bytes(of: Decompressor(BytesSource(bytes, chunkByteCount: chunkByteCount)))
    }

    private func expect(_ stored: [UInt8], gives content: [UInt8]) throws {
        for chunkByteCount in Self.chunkByteCounts {
            let isSame = try Self.decode(stored, chunkByteCount: chunkByteCount) == content
            #expect(isSame, "chunks of \(chunkByteCount)")
        }
    }

    @Test("L-04: what a program compressed is decoded, whatever the chunks are", arguments: Codec.all)
    func programs(_ codec: Codec) throws {
        guard codec.isAtHand else { return }
        let decompressor = Decompressor(BytesSource(try codec.compress(Self.content)))
        let isSame = try TarReading.bytes(of: decompressor) == Self.content
        #expect(isSame)
        #expect(decompressor.compression == codec.compression)
        #expect(decompressor.byteCount == Int64(Self.content.count))
        try expect(try codec.compress(Array("short".utf8)), gives: Array("short".utf8))
        try expect(try codec.compress([]), gives: [])
    }

    @Test("L-09: streams one after the other are decoded to the end", arguments: Codec.all)
    func concatenated(_ codec: Codec) throws {
        guard codec.isAtHand else { return }
        let parts = [Array("one ".utf8), [], Array(Self.content.prefix(70_000)), Array(" three".utf8)]
        try expect(try parts.flatMap(codec.compress), gives: parts.flatMap(\.self))
    }

    @Test("L-09: twenty thousand empty gzip members are nothing, at no depth")
    func emptyMembers() throws {
        let member = Codec.gzipMember([])
        let members = (0..<20_000).flatMap { _ in member }
        try expect(members + (Codec.gzipMember([7])), gives: [7])
    }

    @Test("L-09: a gzip header with all fields is passed over, and its checksum verified, wherever it is cut")
    func gzipHeaderFields() throws {
        let header = [0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 2, 2, 0] as [UInt8] + Array("xxname\0comment\0".utf8)
        let member = Codec.gzipMember(Array("content".utf8))
        let checksum: [UInt8] = [0x96, 0x28]
        try expect(header + checksum + member.dropFirst(10), gives: Array("content".utf8))
        for chunkByteCount in Self.chunkByteCounts {
            #expect(throws: ArchiveError.checksum("gzip")) {
                let bytes = header + [checksum[0] ^ 1, checksum[1]] + member.dropFirst(10)
                _ = try Self.decode(bytes, chunkByteCount: chunkByteCount)
            }
        }
    }

    @Test("A zstd frame is taken or refused the same whether it comes whole or in pieces")
    func zstdInPieces() throws {
        // One segment, the dictionary ID 0, content size 0, and a block that repeats a byte no times.
        let frame: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0x21, 0, 0, 3, 0, 0, 0]
        let answers = Set(
            Self.chunkByteCounts.map { count in "\(Result { try Self.decode(frame, chunkByteCount: count) })" }
        )
        #expect(answers.count == 1, "\(answers)")
    }

    @Test("An lz4 block without content ends no stream: what is wrong behind it is an error, wherever it is cut")
    func lz4InPieces() throws {
        let frame: [UInt8] = [0x04, 0x22, 0x4d, 0x18, 0x64, 0x40, 0xa7, 1, 0, 0, 0, 0]
        for chunkByteCount in Self.chunkByteCounts {
            #expect(throws: ArchiveError.self) {
                _ = try Self.decode(frame + [0, 0x0b, 0x0b, 2] + frame, chunkByteCount: chunkByteCount)
            }
        }
    }

    @Test("L-09: skippable frames of zstd are passed over, in front, between and behind")
    func skippableFrames() throws {
        func skippable(_ nibble: UInt8, _ byteCount: Int) -> [UInt8] {
            let length = (0..<4).map { UInt8(truncatingIfNeeded: byteCount >> (8 * $0)) }
            return [0x50 | nibble, 0x2a, 0x4d, 0x18] + length + [UInt8](repeating: 0xee, count: byteCount)
        }
        let one = try Codec.zstdFrame(Array("one".utf8))
        let two = try Codec.zstdFrame(Array("two".utf8))
        let stream = skippable(0, 0) + one + skippable(15, 300_000) + skippable(3, 1) + two + skippable(10, 20)
        try expect(stream, gives: Array("onetwo".utf8))
        try expect(skippable(0, 5), gives: [])
    }

    @Test("L-11: no bytes at all are an empty content")
    func nothing() throws {
        try expect([], gives: [])
        let decompressor = Decompressor(BytesSource([]))
        #expect(try decompressor.nextChunk().isEmpty)
        #expect(try decompressor.nextChunk().isEmpty)
        #expect(decompressor.compression == Compression.none)
        #expect(try TarReading.entries([]).isEmpty)
    }

    @Test("L-10: bytes behind the last gzip member are passed over, but a tap counts them")
    func trailingBytes() throws {
        let member = Codec.gzipMember(Array("content".utf8))
        for trailer in [[0], [UInt8](repeating: 0, count: 700), [0x1f], [0x1f, 0], Array("garbage".utf8)] {
            for chunkByteCount in Self.chunkByteCounts {
                let tap = DigestTap(BytesSource(member + trailer, chunkByteCount: chunkByteCount))
                #expect(try TarReading.bytes(of: Decompressor(tap)) == Array("content".utf8))
                #expect(tap.byteCount == Int64(member.count + trailer.count))
                #expect(try tap.finish().digest == Digest.sha256(of: member + trailer))
            }
        }
    }

    @Test("Bytes behind a zstd frame that are no frame are an error, as for zstd itself")
    func zstdTrailer() throws {
        let frame = try Codec.zstdFrame(Array("content".utf8))
        #expect(throws: ArchiveError.self) { try Self.decode(frame + Array("garbage".utf8)) }
    }

    @Test("What begins as a further gzip member must be one")
    func brokenSecondMember() throws {
        let member = Codec.gzipMember(Array("content".utf8))
        for chunkByteCount in Self.chunkByteCounts {
            #expect(throws: ArchiveError.self) {
                try Self.decode(member + [0x1f, 0x8b, 8, 0xff, 1], chunkByteCount: chunkByteCount)
            }
        }
    }

    @Test("Only one compression is undone")
    func nested() throws {
        let inner = Codec.gzipMember(Array("content".utf8))
        try expect(Codec.gzipMember(inner), gives: inner)
        try expect(try Codec.zstdFrame(inner), gives: inner)
    }

    @Test("More content than the limit is refused by name, before it is all decoded")
    func bomb() throws {
        let zeros = [UInt8](repeating: 0, count: 1 << 24)
        for stored in [Codec.gzipMember(zeros), try Codec.zstdFrame(zeros)] {
            var limits = ArchiveLimits.standard
            limits.layerByteCount = 1 << 20
            let decompressor = Decompressor(BytesSource(stored), limits: limits)
            #expect(throws: ArchiveError.limit(.layerBytes, "content exceeds the limit of 1048576 bytes")) {
                _ = try TarReading.bytes(of: decompressor)
            }
            // One chunk over, no more.
            #expect(decompressor.byteCount <= 3 << 19)
            #expect(throws: ArchiveError.self) { _ = try decompressor.nextChunk() }
        }
    }

    @Test("A window larger than the limit of zstd is refused by name")
    func zstdWindow() throws {
        // Frame header: no checksum, no content size; window exponent 31, which asks for 2^41 bytes.
        let frame: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xf8, 0x01, 0, 0]
        #expect(throws: ArchiveError.limit(.zstdWindow, "zstd window too large (over 134217728 bytes)")) {
            try Self.decode(frame)
        }
    }
}
