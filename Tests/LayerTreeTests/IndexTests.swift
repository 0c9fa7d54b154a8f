import LayerArchive
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("The index of a layer", .serialized) struct IndexTests {
    @Test("The format: magic, version and sections stand where version 1 has them")
    func format() throws {
        let bench = try IndexBench()
        print("GOLDEN", bench.index.map { String($0) }.joined(separator: ","))
        let trailer = Array(bench.index.suffix(40))
        #expect(trailer[..<8].elementsEqual("LAYERIDX".utf8))
        #expect(trailer[8..<16].elementsEqual([1, 0, 0, 0, 7, 0, 0, 0]))
        let tableOffset = trailer[16..<24].reversed().reduce(0) { $0 << 8 | Int($1) }
        #expect(tableOffset + 7 * 48 + 40 == bench.index.count)
        let table = bench.index[tableOffset..<(tableOffset + 7 * 48)]
        #expect((0..<7).map { table[table.startIndex + $0 * 48] } == [1, 2, 3, 4, 5, 6, 7])
        #expect(trailer[24...].elementsEqual(table.withUnsafeBytes { ContentHasher.digest(of: $0) }.bytes))
    }

    @Test("Golden: the sections of a layer are these bytes in version 1")
    func sections() throws {
        let sections = try IndexBench().sections().mapValues { bytes in
            bytes.map { String($0 + 0, radix: 16).count == 1 ? "0" + String($0, radix: 16) : String($0, radix: 16) }
                .joined()
        }
        #expect(sections[.names] == Self.hex("\0d\0f\0g\0f\0gone\0h\0i\0k\0o\0p\0s\0"))
        #expect(sections[.targets] == Self.hex("d/f\0"))
        #expect(sections[.extendedAttributes] == "01" + "06" + Self.hex("user.x") + "03" + "010203")
        #expect(sections[.nodes] == GoldenIndex.nodes)
        #expect(sections[.script] == GoldenIndex.script)
        #expect(sections[.digests] == GoldenIndex.digests)
    }

    private static func hex(_ text: String) -> String {
        text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test("Golden: an index that version 1 wrote is read, now and later")
    func goldenFile() throws {
        let bench = try IndexBench()
        let index = try bench.open(GoldenIndex.file)
        #expect(IndexBench.lines(of: index) == IndexBench.lines(of: bench.stack.lowers[0].index))
        #expect(try bench.recreate(index) == bench.tar)
    }

    @Test("Nodes are found by their paths, and directories list their children in order")
    func lookUp() throws {
        let index = try IndexBench().stack.lowers[0].index
        let root = index.nodes[0]
        let names = index.children(of: root).map { String(decoding: index.name(of: $0), as: UTF8.self) }
        #expect(names == ["d", "f", "gone", "h", "i", "o", "p", "s"])
        for node in index.nodes { #expect(index.node(at: index.path(of: node))?.ordinal == node.ordinal) }
        #expect(index.node(at: try LayerPath(normalizing: Array("d/f/x".utf8))) == nil)
        #expect(index.node(at: try LayerPath(normalizing: Array("x".utf8))) == nil)
        let flags = index.nodes.filter { $0.isImplied || $0.isOpaque || $0.isWhiteout }.map {
            index.path(of: $0).description
        }
        #expect(flags == ["/gone", "/i", "/o"])
    }

    @Test("An index with any one byte changed is refused as damaged, or still means the same")
    func changedByte() throws {
        let bench = try IndexBench()
        let lines = IndexBench.lines(of: bench.stack.lowers[0].index)
        var readCount = 0
        for position in bench.index.indices {
            for mask: UInt8 in [1, 0xff] {
                var bytes = bench.index
                bytes[position] ^= mask
                do {
                    let index = try bench.open(bytes)
                    #expect(IndexBench.lines(of: index) == lines, "byte \(position)")
                    #expect(try bench.recreate(index) == bench.tar, "byte \(position)")
                    readCount += 1
                } catch TreeError.damagedIndex {
                    continue
                }
            }
        }
        #expect(readCount == 0, "every byte is covered by a checksum or compared")
    }

    @Test("An index cut anywhere, or with bytes behind it, is refused as damaged")
    func cut() throws {
        let bench = try IndexBench()
        for count in 0..<bench.index.count {
            #expect("\(count) bytes") {
                _ = try bench.open(Array(bench.index[..<count]))
            } throws: { error in
                if case TreeError.damagedIndex = error { true } else { false }
            }
        }
        #expect(throws: TreeError.damagedIndex("it has no trailer")) { try bench.open(bench.index + [0]) }
        #expect(throws: TreeError.damagedIndex("it is too short")) { try bench.open([UInt8]()) }
    }

    @Test("An index of a later version is refused, and the message says so")
    func laterVersion() throws {
        let bench = try IndexBench()
        var bytes = bench.index
        bytes[bytes.count - 32] = 2
        let error = TreeError.damagedIndex("it is of version 2")
        #expect(throws: error) { try bench.open(bytes) }
        #expect(error.description == "layer index is damaged: it is of version 2")
    }

    @Test("A section that is missing is named", arguments: IndexSection.allCases.filter { $0 != .raw })
    func missingSection(section: IndexSection) throws {
        let bench = try IndexBench()
        var sections = try bench.sections()
        sections[section] = nil
        #expect(throws: TreeError.damagedIndex("section \(section) is missing")) {
            _ = try bench.recreate(bench.open(sections))
        }
    }

    @Test("Digests are read where they stand: compressed ones are refused")
    func compressedDigests() throws {
        let bench = try IndexBench()
        let sections = try bench.sections()
        #expect(throws: TreeError.damagedIndex("section digests is compressed")) {
            _ = try bench.open(sections, plain: nil)
        }
    }

    @Test("Sections changed at random under right checksums give an error or a tree, never a trap")
    func changedSections() throws {
        let bench = try IndexBench()
        let sections = try bench.sections()
        var readCount = 0
        for seed in 0..<1500 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            do {
                let index = try bench.open(Self.changed(sections, &random))
                _ = IndexBench.lines(of: index)
                for node in index.nodes { _ = (index.children(of: node), index.node(at: index.path(of: node))) }
                _ = try bench.recreate(index)
                readCount += 1
            } catch let error as TreeError {
                #expect(!error.description.isEmpty, "seed \(seed)")
            } catch let error as SystemError {
                #expect(!error.reason.isEmpty, "seed \(seed): a name that no file system takes")
            }
        }
        #expect(readCount > 100, "some changes leave an index that can be read")
    }

    private static func changed(
        _ sections: [IndexSection: [UInt8]],
        _ random: inout SeededGenerator
    ) -> [IndexSection: [UInt8]] {
        var sections = sections
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            guard let section = IndexSection.allCases.randomElement(using: &random), var bytes = sections[section]
            else {
                continue
            }
            let position = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0 where position < bytes.count: bytes[position] = UInt8.random(in: 0...255, using: &random)
            case 1 where position < bytes.count: bytes.remove(at: position)
            case 2: bytes.insert(contentsOf: [UInt8](repeating: 0xff, count: 8) + [0x7f], at: position)
            default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: position)
            }
            sections[section] = bytes
        }
        return sections
    }
}
