import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("A layer on disk is in overlay form") struct OverlayFormTests {
    private func check(_ item: OverlayCase) throws {
        let tars = try item.layers.map { TarBuilder.tar(try LayerSketch.layer($0)) }
        let stack = try UnpackedStack(tars)
        let top = try #require(stack.lowers.last)
        #expect(try OverlaySketch.lines(of: top.tree) == item.tree)
        #expect(stack.statistics.last?.isRootOpaque == item.isRootOpaque)
        #expect(top.index.nodes[0].isOpaque == item.isRootOpaque)
        for number in tars.indices {
            #expect(try stack.indexDifferences(number) == [], "layer \(number)")
            #expect(try stack.recreate(number) == tars[number], "layer \(number)")
        }
    }

    @Test("Entries replace what their layer had, and leave lower layers alone", arguments: OverlayCase.replacing)
    func replacing(_ item: OverlayCase) throws { try check(item) }

    @Test("Markers become whiteouts and opaque directories", arguments: OverlayCase.markers)
    func markers(_ item: OverlayCase) throws { try check(item) }

    @Test("Hard links are names of one inode, or copies of lower files", arguments: OverlayCase.hardLinks)
    func hardLinks(_ item: OverlayCase) throws { try check(item) }

    @Test("L-81, L-82: a hard link never changes the lower file, nor its names")
    func lowerFile() throws {
        let layers = [["a=1 600", "b=>a"], ["c=>a", "d=>c", "c/", "a=2"]]
        let stack = try UnpackedStack(try layers.map { TarBuilder.tar(try LayerSketch.layer($0)) })
        #expect(try OverlaySketch.lines(of: stack.lowers[0].tree) == ["a=1 600", "b=>a 600"])
        #expect(try stack.lowers[0].tree.status("a").linkCount == 2)
        #expect(try stack.lowers[1].tree.status("d").linkCount == 1)
        #expect(try stack.indexDifferences(0) == [])
    }

    @Test("L-80: the link count is the number of names")
    func linkCount() throws {
        let stack = try UnpackedStack([TarBuilder.tar(try LayerSketch.layer(["a=1", "b=>a", "d/c=>b", "b=2"]))])
        #expect(try stack.lowers[0].tree.status("a").linkCount == 2)
    }

    @Test("L-06, L-51: replaced files stand beside the tree, and only those with bytes and without a name")
    func shadows() throws {
        let layer = ["f=one", "f=two", "f=three", "g", "g=x", "h=kept", "i=>h", "h=new", "d/e=below", "d=file"]
        let tar = TarBuilder.tar(try LayerSketch.layer(layer))
        let stack = try UnpackedStack([tar])
        let shadows = try stack.layers[0].open(ShadowDirectory.name)
        let contents = try shadows.list().map {
            String(decoding: try shadows.openFile($0).readAll(byteLimit: 99), as: UTF8.self)
        }
        #expect(contents.sorted() == ["below", "one", "two"])
        #expect(try OverlaySketch.lines(of: stack.lowers[0].tree) == ["d=file", "f=three", "g=x", "h=new", "i=kept"])
        #expect(try stack.recreate(0) == tar)
        let plain = try UnpackedStack([TarBuilder.tar(try LayerSketch.layer(["f=1"]))])
        #expect(
            try plain.layers[0].list().sorted { $0.lexicographicallyPrecedes($1) }
                == ["index", "tree"].map { Array($0.utf8) }
        )
    }
}
