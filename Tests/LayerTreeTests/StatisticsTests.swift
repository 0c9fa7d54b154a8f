import LayerModel
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("What a layer adds up to") struct StatisticsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let id: String
        let layers: [[String]]
        let bytes: Int64
        let files: Int
        let isSelfContained: Bool

        init(_ id: String, _ layers: [[String]], bytes: Int64, files: Int, isSelfContained: Bool = true) {
            self.id = id
            self.layers = layers
            self.bytes = bytes
            self.files = files
            self.isSelfContained = isSelfContained
        }

        var testDescription: String { id }
    }

    static let cases: [Case] = [
        Case("no entry", [[]], bytes: 0, files: 0),
        Case("files, links and FIFOs", [["d/", "d/f=12345", "s->abc", "p|"]], bytes: 8, files: 3),
        Case("each inode once", [["f=12345", "g=>f", "h=>f"]], bytes: 5, files: 3),
        Case("not what was replaced", [["f=12345", "f=1", "d/", "d/g=777", "d->x"]], bytes: 2, files: 2),
        Case("one name of two that was replaced", [["f=12345", "g=>f", "f=1"]], bytes: 6, files: 2),
        Case("whiteouts count nothing", [["f=1"], [".wh.f", "d/", "d/.wh..wh..opq"]], bytes: 0, files: 0),
        Case(
            "AUFS's own things count nothing",
            [[".wh..wh.plnk/1=abc", "a=>.wh..wh.plnk/1"]],
            bytes: 3,
            files: 1,
            isSelfContained: true
        ),
        Case("L-53 implied parents", [["a/f=1"]], bytes: 1, files: 1, isSelfContained: false),
        Case("L-53 the parent comes later", [["a/f=1", "a/"]], bytes: 1, files: 1),
        Case("L-53 implied parents over an opaque root", [["a/f=1", ".wh..wh..opq"]], bytes: 1, files: 1),
        Case("L-63 implied over a whiteout", [["a/f=1", ".wh.a"]], bytes: 1, files: 1),
        Case("L-66 a whiteout below an implied parent", [["a/.wh.f"]], bytes: 0, files: 0, isSelfContained: false),
        Case("L-72 an opaque implied directory", [["a/.wh..wh..opq"]], bytes: 0, files: 0, isSelfContained: false),
        Case(
            "L-82 a copy of a lower file",
            [["a=12345"], ["b=>a", "c=>b"]],
            bytes: 5,
            files: 2,
            isSelfContained: false
        ),
        Case(
            "L-82 a copy that was replaced",
            [["a=12345"], ["b=>a", "b=1"]],
            bytes: 1,
            files: 1,
            isSelfContained: false
        ),
    ]

    @Test("3.1: lengths of files and links, each inode once, as overlay2 counts them", arguments: cases)
    func statistics(_ item: Case) throws {
        let tars = try item.layers.map { TarBuilder.tar(try LayerSketch.layer($0)) }
        let stack = try UnpackedStack(tars)
        let found = try #require(stack.statistics.last)
        #expect(found.treeByteCount == item.bytes)
        #expect(found.fileCount == item.files)
        #expect(found.isSelfContained == item.isSelfContained)
        #expect(found.entryCount == item.layers.last?.count)
        var scanned = try LayerScanner.scan(BytesSource(try #require(tars.last)))
        if !item.isSelfContained { scanned.treeByteCount = found.treeByteCount }
        #expect(scanned == found, "a scan of the headers finds the same but for copies of lower files")
    }

    @Test("L-71: whether the root is opaque")
    func rootOpaque() throws {
        for (layer, isOpaque) in [
            ([".wh..wh..opq"], true), (["f"], false), (["./.wh..wh..opq", "f"], true), (["d/.wh..wh..opq"], false),
        ] {
            let source = BytesSource(TarBuilder.tar(try LayerSketch.layer(layer)))
            #expect(try LayerScanner.scan(source).isRootOpaque == isOpaque, "\(layer)")
        }
    }
}
