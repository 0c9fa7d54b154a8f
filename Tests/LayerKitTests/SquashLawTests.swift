import ImageSpec
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerKit

@Suite("Squashed layers mean what they meant") struct SquashLawTests {
    /// More seeds than the usual ones by `LAYERCTL_TEST_SEEDS`, a count.
    static let seeds = 0..<(Host.environment("LAYERCTL_TEST_SEEDS").flatMap(UInt64.init) ?? 400)

    @Test("A random stack means the same after every layer that is left", arguments: seeds)
    func randomStacks(seed: UInt64) throws {
        var random = RandomLayers(seed: seed)
        let stack = random.stack()
        guard let expected = Self.prefixes(of: stack) else { return }
        let scratch = try ScratchDirectory()
        let path = scratch.path + "/made.tar"
        try TestFile.write(MadeImage(tars: stack.map { TarBuilder.tar($0) }).archive, to: path)
        let image = try ArchiveImages(.file(path)).draft()
        for first in stack.indices {
            for end in (first + 1)...stack.count {
                var squashed = image
                try squashed.squash(first..<end, CommitStep(created: Timestamp(seconds: 0)))
                let entries = try squashed.layers.map { try TarEntries.read($0.source.openTar(readsAhead: false)) }
                guard let found = Self.prefixes(of: entries) else {
                    Issue.record("seed \(seed), \(first)..<\(end): what was made means nothing")
                    continue
                }
                let kept = Array(expected[..<first] + expected[(end - 1)...])
                #expect(found.count == kept.count)
                for (number, (found, wanted)) in zip(found, kept).enumerated() {
                    for path in Set(found.keys).union(wanted.keys).sorted() {
                        let isSame = found[path] == wanted[path]
                        #expect(isSame, "seed \(seed), \(first)..<\(end), after layer \(number): \(path)")
                    }
                }
            }
        }
    }

    /// The trees after each layer; nil for a stack that means nothing.
    private static func prefixes(of stack: [[LayerEntry]]) -> [[LayerPath: MergedLook]]? {
        var merge = TreeMerge()
        var looks: [[LayerPath: MergedLook]] = []
        for layer in stack {
            do throws(TreeMergeError) {
                try merge.apply(layer)
            } catch {
                return nil
            }
            looks.append(MergedLook.looks(of: merge))
        }
        return looks
    }
}
