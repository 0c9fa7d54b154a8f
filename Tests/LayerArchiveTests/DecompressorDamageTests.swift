import LayerArchive
import LayerModel
import LayerTestKit
import Testing

@Suite("Damaged compressed streams")
struct DecompressorDamageTests {
    private static let content = (0..<700).map { UInt8(truncatingIfNeeded: $0 * $0 >> 3) }

    @Test("L-12: a stream that is cut anywhere is an error, never short content", arguments: Codec.all)
    func truncated(_ codec: Codec) throws {
        guard codec.isAtHand else { return }
        let whole = try codec.compress(Self.content)
        // Fewer bytes than the magic number has are no stream of that kind: they are themselves, and no tar.
        for count in 1..<10 {
            let outcome = Result { try DecompressorTests.decode(Array(whole.prefix(count)), chunkByteCount: 1) }
            if case .success(let bytes) = outcome {
                #expect(bytes == Array(whole.prefix(count)))
                #expect(TarReading.failure(bytes) != nil)
            }
        }
        for count in 10..<whole.count {
            for chunkByteCount in [1, 64 << 10] {
                #expect(throws: ArchiveError.self, "cut after \(count), chunks of \(chunkByteCount)") {
                    try DecompressorTests.decode(Array(whole.prefix(count)), chunkByteCount: chunkByteCount)
                }
            }
        }
    }

    @Test("L-12: a second stream that is cut is an error too", arguments: Codec.all)
    func secondTruncated(_ codec: Codec) throws {
        guard codec.isAtHand else { return }
        let first = try codec.compress(Array("first".utf8))
        let second = try codec.compress(Self.content)
        for count in stride(from: codec.magicByteCount, to: second.count, by: 7) {
            #expect(throws: ArchiveError.self, "cut after \(count)") {
                try DecompressorTests.decode(first + second.prefix(count), chunkByteCount: 5)
            }
        }
    }

    @Test("A flipped bit gives an error or the same content, never other content", arguments: Codec.all)
    func flipped(_ codec: Codec) throws {
        guard codec.isAtHand else { return }
        let whole = try codec.compress(Self.content)
        for index in whole.indices {
            var damaged = whole
            damaged[index] ^= UInt8(1 << (index % 8))
            guard let bytes = try? DecompressorTests.decode(damaged) else { continue }
            let isHarmless = bytes == Self.content || bytes == damaged
            #expect(isHarmless, "byte \(index)")
        }
    }

    @Test("The checksum of gzip is said to be wrong by name")
    func checksum() throws {
        var member = Codec.gzipMember(Self.content)
        member[member.count - 8] ^= 1
        #expect(throws: ArchiveError.checksum("gzip")) { try DecompressorTests.decode(member) }
        var frame = try Codec.zstdFrame(Self.content)
        frame[frame.count - 1] ^= 1
        #expect(throws: ArchiveError.checksum("zstd")) { try DecompressorTests.decode(frame) }
    }

    @Test("After an error every further call throws it again")
    func again() throws {
        let member = Codec.gzipMember(Self.content)
        let decompressor = Decompressor(BytesSource(Array(member.dropLast())))
        for _ in 0..<3 {
            #expect(throws: ArchiveError.truncated("gzip stream")) { _ = try TarReading.bytes(of: decompressor) }
        }
    }

    @Test("Random bytes behind a magic number never give more than an error")
    func noise() {
        var generator = SeededGenerator(seed: 3)
        var limits = ArchiveLimits.standard
        limits.layerByteCount = 1 << 24
        let magics: [[UInt8]] = [
            [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3], [0x28, 0xb5, 0x2f, 0xfd], [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0],
            [4, 0x22, 0x4d, 0x18], Array("BZh91AY&SY".utf8),
        ]
        for magic in magics {
            for _ in 0..<200 {
                let noise = (0..<Int.random(in: 0...300, using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator)
                }
                let source = BytesSource(magic + noise, chunkByteCount: Int.random(in: 1...40, using: &generator))
                _ = try? TarReading.bytes(of: Decompressor(source, limits: limits))
            }
        }
    }
}
