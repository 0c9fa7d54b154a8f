import Foundation
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("A checkout is the container: it shows the tree, and folds to a layer that says what it changed", .serialized)
struct CheckoutLawTests {
    private static let seeds: Range<UInt64> = MergeLawTests.isLongRun ? MergeLawTests.seeds : 0..<400

    @Test("Random stacks, edits, and edits of what was folded", arguments: seeds)
    func randomEdits(seed: UInt64) throws {
        var random = RandomLayers(seed: seed)
        let tars = random.stack().map { TarBuilder.tar($0) }
        // Refused stacks are the business of another test.
        guard let sample = try? CheckoutSample(tars) else { return }
        let first = try sample.checkOut("first")
        try compare(sample.stack.looks(over: [first.root]), sample.stack.merged(), "seed \(seed), as made")
        #expect(sample.changes(first).changes.isEmpty, "seed \(seed)")
        #expect(sample.changes(first).isUntouched)

        var edits = RandomEdits(sample.path("first"), seed: seed)
        edits.run(count: 25)
        try Self.open(sample.path("first"))
        let upper = try check(sample, first, "upper-1", "seed \(seed), first fold")

        // What the container has written is in the next checkout, and has changed all the same as against the layers.
        let second = try sample.checkOut("second", upper)
        try compare(
            sample.stack.looks(over: [second.root]),
            sample.stack.looks(over: [first.root]),
            "seed \(seed), as made again",
            directoryTimes: false
        )
        #expect(try sample.tar(sample.changes(second), second.root) == sample.tar(sample.changes(in: upper), upper))
        var others = RandomEdits(sample.path("second"), seed: seed + 1_000_000)
        others.run(count: 25)
        try Self.open(sample.path("second"))
        _ = try check(sample, second, "upper-2", "seed \(seed), second fold")
    }

    /// Opens the directories that an ordinary user has closed to himself: what cannot be read cannot be compared.
    private static func open(_ path: String) throws {
        guard !CheckoutSample.isRoot else { return }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/chmod")
        process.arguments = ["-R", "u+rwX", path]
        try process.run()
        process.waitUntilExit()
    }

    /// Folds a checkout and compares what both say.
    private func check(
        _ sample: CheckoutSample,
        _ checkout: (root: Directory, record: CheckoutRecord),
        _ name: String,
        _ what: Comment
    ) throws -> Directory {
        let before = sample.changes(checkout)
        try #require(before.problems.isEmpty, what)
        let tar = try sample.tar(before, checkout.root)
        // Read as a whole the tree is the one that stands there.
        let whole = ChangeWalk.wholeTree(
            checkout.root,
            over: sample.lowers,
            form: CheckoutSample.form,
            checkout: checkout.record
        )
        let flat = try UnpackedStack([sample.tar(whole, checkout.root)])
        try compare(flat.merged(), sample.stack.looks(over: [checkout.root]), what, wholeSeconds: true)

        let upper = try sample.fold(checkout, into: name)
        let after = sample.changes(in: upper)
        #expect(after.problems.isEmpty, what)
        #expect(after.lines == before.lines, what)
        let folded = try sample.tar(after, upper)
        #expect(folded == tar, what)
        return upper
    }

    private func compare(
        _ found: [LayerPath: Look],
        _ expected: [LayerPath: Look],
        _ what: Comment,
        wholeSeconds: Bool = false,
        directoryTimes: Bool = true
    ) throws {
        func simple(_ look: Look?) -> Look? {
            guard var look else { return nil }
            // Of a directory in which something came and went again only the time has changed, which is nothing.
            if !directoryTimes, look.kind == .directory { look.time = Timestamp(seconds: 0) }
            if wholeSeconds { look.time = Timestamp(seconds: look.time.seconds) }
            // An ordinary user's checkout can be written by that user, and the store only read.
            if !CheckoutSample.isRoot { look.mode |= look.kind == .directory ? 0o700 : 0o400 }
            return look
        }
        for path in Set(found.keys).union(expected.keys).sorted() {
            #expect(simple(found[path]) == simple(expected[path]), "\(what): \(path)")
        }
    }
}
