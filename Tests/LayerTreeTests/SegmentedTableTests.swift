import Testing

@testable import LayerTree

@Suite("Segmented tables") struct SegmentedTableTests {
    @Test("Elements stand where they were put, over many segments", arguments: [0, 1, 4, 10])
    func elements(firstBit: Int) {
        var table = SegmentedTable<Int>(firstBit: firstBit)
        for number in 0..<5000 { table.append(number * 3) }
        let appended = Self.elements(of: table)
        #expect(appended == (0..<5000).map { $0 * 3 })
        for index in stride(from: 0, to: 5000, by: 7) { table[index] = -index }
        let changed = Self.elements(of: table)
        #expect(changed == (0..<5000).map { $0 % 7 == 0 ? -$0 : $0 * 3 })
    }

    @Test("No element moves when the table grows")
    func stable() {
        var table = SegmentedTable<UInt16>(firstBit: 2)
        table.append(7)
        let before = table.pointer(to: 0)
        for number in 1..<10_000 { table.append(UInt16(number)) }
        let after = table.pointer(to: 0)
        #expect(before == after)
    }

    @Test("A run stands in one piece, whatever came before it", arguments: [0, 1, 2, 3, 4, 5, 11, 12, 13, 28])
    func run(before: Int) {
        var table = SegmentedTable<UInt8>(firstBit: 2)
        for _ in 0..<before { table.append(9) }
        for length in [0, 1, 3, 4, 5, 40] {
            let run = (0..<length).map { UInt8($0 + 1) }
            let start = run.withUnsafeBufferPointer { table.append(run: $0, before: 0) }
            let found = Array(UnsafeBufferPointer(start: table.pointer(to: start), count: length + 1))
            let count = table.count
            #expect(found == run + [0])
            #expect(start >= before && count == start + length + 1)
        }
        let first = Self.elements(of: table).prefix(before)
        #expect(first.allSatisfy { $0 == 9 })
    }

    @Test("A table that was emptied is filled anew")
    func removal() {
        var table = SegmentedTable<Int>(firstBit: 1)
        table.removeAll()
        for round in 1...3 {
            let empty = Self.elements(of: table)
            #expect(empty.isEmpty)
            for number in 0..<100 { table.append(number * round) }
            let filled = Self.elements(of: table)
            #expect(filled == (0..<100).map { $0 * round })
            table.removeAll()
        }
    }

    @Test("What there is one of for each entry is small")
    func sizes() {
        #expect(MemoryLayout<LedgerNode>.stride == 20)
        #expect(MemoryLayout<LedgerInode>.stride == 16)
        #expect(MemoryLayout<InodeAttributes>.stride == 28)
    }

    @Test("An element that is not there ends the process")
    func bounds() async {
        await #expect(processExitsWith: .failure) {
            let table = SegmentedTable<Int>()
            _ = table[0]
        }
    }

    private static func elements<Element: BitwiseCopyable>(of table: borrowing SegmentedTable<Element>) -> [Element] {
        var elements: [Element] = []
        for index in 0..<table.count { elements.append(table[index]) }
        return elements
    }
}
