import LayerArchive
import LayerModel
import LayerTestKit
import Testing

@Suite("Hostile tars")
struct TarRefusalTests {
    static let refused = RefusedTar.headers + RefusedTar.extensions + RefusedTar.sparse

    @Test("What is malformed or can be read in two ways is refused by name", arguments: refused)
    func refusal(_ tar: RefusedTar) {
        for chunkByteCount in [1, 64 << 10] {
            let error = TarReading.failure(tar.bytes, chunkByteCount: chunkByteCount).map { "\($0)" }
            #expect(error?.hasPrefix(tar.error) == true, "\(error ?? "no error") instead of \(tar.error)")
        }
    }

    @Test("L-12: a tar that is cut inside anything is an error, and gives no more than whole entries")
    func truncated() throws {
        var tar = RawTar()
        var ends = [0]
        tar.add(RawTar.Header(name: Array("d/".utf8), typeFlag: UInt8(ascii: "5")))
        ends.append(tar.bytes.count)
        tar.addFile("d/f", String(repeating: "x", count: 700))
        ends.append(tar.bytes.count)
        tar.addPax([("path", "long"), ("SCHILY.xattr.user.a", "b")])
        tar.addFile("f", "text")
        ends.append(tar.bytes.count)
        tar.addExtension("L", Array("name\0".utf8))
        tar.addFile("f")
        ends.append(tar.bytes.count)
        tar.addZeroBlocks()
        // Archives without end blocks are accepted, as everywhere; so is one zero block.
        let goodEnds = Set(ends + [tar.bytes.count - 512, tar.bytes.count])
        for cut in 0...tar.bytes.count where cut % 512 < 2 || cut % 512 > 510 || cut % 512 == 256 {
            for chunkByteCount in [1, 64 << 10] {
                let failure = TarReading.failure(Array(tar.bytes.prefix(cut)), chunkByteCount: chunkByteCount)
                #expect((failure == nil) == goodEnds.contains(cut), "cut after \(cut): \(String(describing: failure))")
            }
        }
    }

    @Test("After an error every further call throws it again")
    func again() throws {
        var tar = RawTar()
        tar.addFile("f", "text")
        let reader = TarReader(BytesSource(Array(tar.bytes.prefix(600))))
        #expect(try reader.next())
        let error = ArchiveError.entry(name: Array("f".utf8), .truncated("tar archive"))
        #expect(throws: error) { try reader.readBody { _, _ in } }
        for _ in 0..<3 { #expect(throws: error) { _ = try reader.next() } }
    }

    @Test(
        "Giant extension headers are refused before a byte of them is kept",
        arguments: ["x", "g", "L", "K"] as [Character]
    )
    func giantExtension(_ typeFlag: Character) throws {
        var tar = RawTar()
        tar.addExtension(typeFlag, [], size: RawTar.base256(1 << 30, count: 12))
        let source = EndlessSource(tar.bytes)
        let reader = TarReader(source)
        let expected = ArchiveError.limit(.extensionBytes, "extension header too large (over 1048576 bytes)")
        #expect(throws: expected) { _ = try reader.next() }
        #expect(source.givenByteCount <= 64 << 10)
    }

    @Test("A file of holes costs its regions and not its length")
    func holes() throws {
        var tar = RawTar()
        tar.addSparse(regions: [(1 << 39, 3)], byteCount: 1 << 39 + 3, body: [1, 2, 3])
        tar.addZeroBlocks()
        var limits = ArchiveLimits.standard
        limits.sparseByteCount = 1 << 40
        let entry = try #require(try TarReading.entries(tar.bytes, limits: limits).first)
        #expect(entry.byteCount == 1 << 39 + 3)
        #expect(entry.regions == [ReadEntry.Region(offset: 1 << 39, bytes: [1, 2, 3])])
    }

    @Test("Bits flipped anywhere give an error or entries, never a trap or a hang")
    func flipped() {
        var tar = RawTar()
        tar.addPax([("path", "long"), ("size", "4"), ("mtime", "1.5"), ("SCHILY.xattr.user.a", "b")])
        tar.addFile("f", "text")
        tar.addSparse(regions: [(512, 3), (1024, 1)], byteCount: 2000, body: [1, 2, 3, 4])
        tar.addZeroBlocks()
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<4000 {
            var bytes = tar.bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: bytes.indices, using: &generator)
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            }
            RawTar.mendChecksums(&bytes)
            // Not entries(): a length that a flip made huge is not to be filled with zeros.
            let reader = TarReader(BytesSource(bytes), rawSink: ForgettingSink())
            do {
                while try reader.next() { try reader.readBody { _, _ in } }
            } catch {
                #expect(error is ArchiveError, "seed \(seed)")
            }
        }
    }
}
