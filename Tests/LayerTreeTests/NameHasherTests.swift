import Testing

@testable import LayerTree

@Suite("Hashes of names") struct NameHasherTests {
    @Test("A hash depends on every byte, the length, the directory and the keys", arguments: 0...70)
    func dependence(length: Int) {
        let hasher = NameHasher()
        let name = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 37 + 1) }
        let hash = Self.hash(name, 5, hasher)
        #expect(hash == Self.hash(name, 5, hasher))
        #expect(hash != Self.hash(name, 6, hasher))
        #expect(hash != Self.hash(name + [0], 5, hasher))
        #expect(hash != Self.hash(name, 5, NameHasher()))
        for index in name.indices {
            var other = name
            other[index] ^= 0x80
            #expect(hash != Self.hash(other, 5, hasher), "byte \(index)")
        }
    }

    @Test("Names that differ little spread over the places of a table and over the marks in it")
    func spread() {
        let hasher = NameHasher()
        var places: [UInt64: Int] = [:]
        var marks: Set<UInt64> = []
        for number in 0..<16_384 {
            let hash = Self.hash(Array("file-\(number)".utf8), 1, hasher)
            places[hash & 1023, default: 0] += 1
            marks.insert(hash >> 56)
        }
        #expect(places.count == 1024)
        // 16 are to be expected at each place; with a fair hash 60 come once in many million runs.
        #expect(places.values.allSatisfy { $0 < 60 })
        #expect(marks.count == 256)
    }

    private static func hash(_ name: [UInt8], _ parent: Int32, _ hasher: NameHasher) -> UInt64 {
        name.withUnsafeBytes { hasher.hash($0, in: NodeID(index: parent)) }
    }
}
