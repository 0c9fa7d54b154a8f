import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("A folded checkout is a layer that the kernel's overlayfs shows", .serialized) struct CheckoutKernelTests {
    @Test("Random edits", Need.root, OverlayMount.isNeeded, arguments: 0..<100 as Range<UInt64>)
    func randomEdits(seed: UInt64) throws {
        var random = RandomLayers(seed: seed)
        guard let sample = try? CheckoutSample(random.stack().map { TarBuilder.tar($0) }) else { return }
        let checkout = try sample.checkOut("checkout")
        var edits = RandomEdits(sample.path("checkout"), seed: seed)
        edits.run(count: 25)
        let shown = try sample.stack.looks(over: [checkout.root])
        let upper = try sample.fold(checkout, into: "upper")
        let scratch = try ScratchDirectory()
        let start = sample.stack.statistics.lastIndex { $0.isRootOpaque } ?? 0
        let lowers = (start..<sample.stack.layers.count).reversed().map { "\(sample.stack.scratch.path)/\($0)/tree" }
        let mount = try OverlayMount([sample.path("upper")] + lowers, in: scratch)
        let mounted = try sample.stack.looks(over: [Directory(path: mount.path)])
        mount.end()
        withExtendedLifetime(upper) {}
        for path in Set(shown.keys).union(mounted.keys).sorted() {
            var (left, right) = (shown[path], mounted[path])
            // A directory of a lower layer that has not changed itself is not copied up, and keeps the time that it has there.
            if left?.kind == .directory {
                left?.time = Timestamp(seconds: 0)
                right?.time = Timestamp(seconds: 0)
            }
            #expect(left == right, "seed \(seed): \(path)")
        }
    }
}
