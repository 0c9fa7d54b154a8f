import LayerArchive
import LayerModel
import LayerTestKit
import Testing

@Suite("Content digests")
struct ContentDigestTests {
    @Test(
        "XXH3 of 128 bits, as xxhsum -H2 prints it",
        arguments: [
            ("", "99aa06d3014798d86001c324468d497f"),
            ("a", "a96faf705af16834e6c632b61e964e1f"),
            ("abc", "06b05ab6733a618578af5f94892f3950"),
        ]
    )
    func vectors(_ text: String, _ hex: String) {
        let digest = Array(text.utf8).withUnsafeBytes { ContentHasher.digest(of: $0) }
        #expect(Digest.encodeHex(digest.bytes) == hex)
    }

    @Test("Pieces give the digest of the whole, and the state serves many files")
    func pieces() {
        var generator = SeededGenerator(seed: 7)
        var hasher = ContentHasher()
        for byteCount in [0, 1, 240, 241, 1000, 70_000] {
            let bytes = (0..<byteCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
            hasher.reset()
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...999, using: &generator))
                piece.withUnsafeBytes { hasher.update($0) }
                rest = rest.dropFirst(piece.count)
            }
            let whole = bytes.withUnsafeBytes { ContentHasher.digest(of: $0) }
            #expect(hasher.finish() == whole)
        }
    }

    @Test("The stored form comes back")
    func storedForm() {
        let digest = ContentDigest(high: 0x0102_0304_0506_0708, low: 0xf0f1_f2f3_f4f5_f6f7)
        #expect(digest.bytes == [1, 2, 3, 4, 5, 6, 7, 8, 0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7])
        #expect(digest.bytes.withUnsafeBytes { ContentDigest(bytes: $0) } == digest)
        #expect(digest.bytes.dropLast().withUnsafeBytes { ContentDigest(bytes: $0) } == nil)
    }
}
