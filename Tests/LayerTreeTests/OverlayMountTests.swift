import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("The kernel's overlayfs shows what the layers mean", .serialized) struct OverlayMountTests {
    private static let seeds: Range<UInt64> = MergeLawTests.isLongRun ? MergeLawTests.seeds : 0..<60

    private func check(_ tars: [[UInt8]], _ expected: [LayerPath: Look]) throws {
        let stack = try UnpackedStack(tars)
        let start = stack.statistics.lastIndex { $0.isRootOpaque } ?? 0
        let scratch = try ScratchDirectory()
        let lowers = (start..<tars.count).reversed().map { "\(stack.scratch.path)/\($0)/tree" }
        let mount = try OverlayMount(lowers, in: scratch)
        defer { mount.end() }
        let shown = try stack.looks(over: [Directory(path: mount.path)])
        for path in Set(shown.keys).union(expected.keys).sorted() {
            #expect(shown[path] == expected[path], "\(path)")
        }
    }

    @Test("Random stacks look as TreeMerge says", Need.root, OverlayMount.isNeeded, arguments: seeds)
    func randomStacks(seed: UInt64) throws {
        var random = RandomLayers(seed: seed)
        let stack = random.stack()
        var merge = TreeMerge()
        do {
            for layer in stack { try merge.apply(layer) }
        } catch {
            return  // Refused stacks are the business of another test.
        }
        try check(stack.map { TarBuilder.tar($0) }, UnpackedStack.looks(of: merge))
    }

    @Test(
        "L-66, L-73: a directory that only its layer has lists no whiteouts",
        Need.root,
        OverlayMount.isNeeded,
        arguments: [
            [["f"], ["d/", "d/.wh.x", "d/g"]], [["d=1"], [".wh.d"], ["d/", "d/.wh.x"]],
            [["d/e/x"], [".wh.d", "d/"], ["d/e/", "d/e/.wh.x"]],
        ]
    )
    func ownDirectories(layers: [[String]]) throws {
        let item = OverlayCase("", layers, [])
        try rows(item)
    }

    @Test(
        "The rows of the contract look as TreeMerge says",
        Need.root,
        OverlayMount.isNeeded,
        arguments: OverlayCase.replacing + OverlayCase.markers + OverlayCase.hardLinks
    )
    func rows(_ item: OverlayCase) throws {
        let layers = try item.layers.map { try LayerSketch.layer($0) }
        var merge = TreeMerge()
        for layer in layers { try merge.apply(layer) }
        try check(layers.map { TarBuilder.tar($0) }, UnpackedStack.looks(of: merge))
    }
}
