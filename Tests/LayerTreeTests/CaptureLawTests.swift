import LayerArchive
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("A layer of a container's changes gives the container's tree", .serialized) struct CaptureLawTests {
    private static let seeds: Range<UInt64> = MergeLawTests.isLongRun ? MergeLawTests.seeds : 0..<1000

    @Test("Random edits through the kernel's overlayfs", Need.root, OverlayMount.isNeeded, arguments: seeds)
    func kernelOverlay(seed: UInt64) throws {
        var random = RandomLayers(seed: seed)
        let tars = random.stack().map { TarBuilder.tar($0) }
        // Refused stacks are the business of another test.
        guard let stack = try? UnpackedStack(tars) else { return }
        let scratch = try ScratchDirectory()
        let start = stack.statistics.lastIndex { $0.isRootOpaque } ?? 0
        let lowers = (start..<tars.count).reversed().map { "\(stack.scratch.path)/\($0)/tree" }
        let mount = try OverlayMount(lowers, writingIn: scratch)
        var edits = RandomEdits(mount.path, seed: seed)
        edits.run(count: 25)
        let shown = try stack.looks(over: [Directory(path: mount.path)])
        mount.end()
        try check(stack, tars, upper: Directory(path: scratch.path + "/upper"), shown, seed)
    }

    private func check(
        _ stack: UnpackedStack,
        _ tars: [[UInt8]],
        upper: Directory,
        _ shown: [LayerPath: Look],
        _ seed: UInt64
    ) throws {
        let lowers = LowerStack(
            stack.lowers.reversed().map { StackedLayer(index: $0.index, tree: $0.tree, isExact: true) }
        )
        let form = UpperForm(namespaces: .trusted, ownUserID: 0, ownGroupID: 0, hasExactOwners: true)
        let changes = ChangeWalk.changes(in: upper, over: lowers, form: form)
        #expect(changes.problems.isEmpty)
        let files = ChangedFiles(upper: upper, lowers: lowers)
        let tar = try UnpackedStack.bytes(of: ChangeTar(changes.changes, files, latestTime: nil))
        let committed = try UnpackedStack(tars + [tar], sharesWork: { true })
        #expect(committed.statistics.last?.isSelfContained == true)
        try compare(committed.merged(), shown, "seed \(seed)")

        let whole = ChangeWalk.wholeTree(upper, over: lowers, form: form)
        let flat = try UnpackedStack([UnpackedStack.bytes(of: ChangeTar(whole.changes, files, latestTime: nil))])
        try compare(flat.merged(), shown, "seed \(seed), whole tree")
    }

    /// A layer keeps whole seconds, and a directory's time only where something else of it or below it changed.
    private func compare(_ found: [LayerPath: Look], _ shown: [LayerPath: Look], _ what: String) throws {
        func simple(_ look: Look?) -> Look? {
            guard var look else { return nil }
            look.time = Timestamp(seconds: look.kind == .directory ? 0 : look.time.seconds)
            return look
        }
        for path in Set(found.keys).union(shown.keys).sorted() {
            #expect(simple(found[path]) == simple(shown[path]), "\(what): \(path)")
        }
    }
}
