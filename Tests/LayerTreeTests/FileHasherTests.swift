import LayerArchive
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("The content digest of a file with holes") struct FileHasherTests {
    private static let block = Int(FileHasher.blockByteCount)

    /// What the rule says, over content that is at hand as a whole.
    private static func definition(_ content: [UInt8]) -> ContentDigest {
        var hashed: [UInt8] = []
        var isBehindGap = false
        for start in stride(from: 0, to: content.count, by: block) {
            let part = content[start..<min(start + block, content.count)]
            if part.count == block, part.allSatisfy({ $0 == 0 }) {
                isBehindGap = true
                continue
            }
            if isBehindGap { withUnsafeBytes(of: UInt64(start).littleEndian) { hashed.append(contentsOf: $0) } }
            isBehindGap = false
            hashed.append(contentsOf: part)
        }
        return hashed.withUnsafeBytes { ContentHasher.digest(of: $0) }
    }

    @Test("The digest depends on content alone, however it comes in", arguments: 0..<60)
    func chunks(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var content = [UInt8](repeating: 0, count: Int.random(in: 0...(4 * Self.block + 3), using: &random))
        for _ in 0..<Int.random(in: 0...3, using: &random) where !content.isEmpty {
            content[Int.random(in: content.indices, using: &random)] = UInt8.random(in: 1...255, using: &random)
        }
        var hasher = FileHasher()
        hasher.reset()
        var position = 0
        while position < content.count {
            let count = min(Int.random(in: 1...Self.block * 2, using: &random), content.count - position)
            let part = content[position..<(position + count)]
            if part.allSatisfy({ $0 == 0 }), Bool.random(using: &random) {
                hasher.skip(Int64(count))
            } else {
                part.withUnsafeBytes { hasher.update($0) }
            }
            position += count
        }
        #expect(hasher.finish() == Self.definition(content), "seed \(seed), \(content.count) bytes")
    }

    @Test("A file without a MiB of zeros has the plain digest")
    func plain() {
        let content = (0..<(3 * Self.block)).map { UInt8(truncatingIfNeeded: $0 / 1_000) }
        var hasher = FileHasher()
        content.withUnsafeBytes { hasher.update($0) }
        #expect(hasher.finish() == content.withUnsafeBytes { ContentHasher.digest(of: $0) })
    }

    @Test("Where the data stands counts, and a terabyte of nothing costs nothing")
    func places() {
        func digest(at offset: Int64) -> ContentDigest {
            var hasher = FileHasher()
            hasher.skip(offset)
            [1, 2, 3].withUnsafeBytes { hasher.update($0) }
            hasher.skip((1 << 40) - offset - 3)
            return hasher.finish()
        }
        let digests = Set([0, 1, 4_096, 1 << 20, 1 << 21, (1 << 39) + 5].map(digest))
        #expect(digests.count == 6)
    }
}
