import LayerModel
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("How one tree differs from another") struct TreeComparisonTests {
    @Test("Random stacks differ as their trees do by the definition", arguments: MergeLawTests.seeds)
    func law(seed: UInt64) throws {
        var random = RandomLayers(seed: seed)
        // Two trees of one origin: some layers are in both.
        let (base, left, right) = (random.stack(), random.stack(), random.stack())
        var merges = [TreeMerge(), TreeMerge()]
        do {
            for (place, layers) in [base + left, base + right].enumerated() {
                for layer in layers { try merges[place].apply(layer) }
            }
        } catch { return }
        let first = try IndexedStack((base + left).map { TarBuilder.tar($0) }).layers
        let common = Array(first.prefix(base.count))
        let second = common + (try IndexedStack((base + right).map { TarBuilder.tar($0) }).layers.dropFirst(base.count))
        let all = first + second.dropFirst(base.count)
        let stack = LowerStack(all)
        let roots = [0..<first.count, 0..<base.count].map { Array($0) }
        let secondPlaces = roots[1] + (first.count..<all.count)
        for ignoresTimes in [false, true] {
            let changes = TreeComparison.changes(
                from: stack.root(of: roots[0].reversed()),
                to: stack.root(of: secondPlaces.reversed()),
                in: stack,
                ignoresTimes: ignoresTimes
            )
            let lines = changes.changes.filter(\.isListed).map { "\($0.kind.rawValue) \($0.path)" }.sorted()
            let expected = Self.differences(merges[0].nodes, merges[1].nodes, ignoresTimes: ignoresTimes)
            #expect(lines == expected, "seed \(seed)")
        }
    }

    /// The definition, name by name.
    static func differences(
        _ old: [LayerPath: MergedNode],
        _ new: [LayerPath: MergedNode],
        ignoresTimes: Bool
    ) -> [String] {
        func isDirectory(_ path: LayerPath?, _ tree: [LayerPath: MergedNode]) -> Bool {
            path.map { $0.isRoot || tree[$0]?.kind == .directory } ?? false
        }
        var found: [LayerPath: String] = [:]
        for path in Set(old.keys).union(new.keys) {
            switch (old[path], new[path]) {
            case (nil, _): found[path] = "A"
            case (_, nil): if isDirectory(path.parent, new) { found[path] = "D" }
            case (let before?, let after?):
                if !isSame(before, after, ignoresTimes: ignoresTimes) { found[path] = "C" }
            }
        }
        for path in found.keys {
            var above = path.parent
            while let directory = above, !directory.isRoot {
                if found[directory] == nil { found[directory] = "C" }
                above = directory.parent
            }
        }
        return found.map { "\($1) \($0)" }.sorted()
    }

    private static func isSame(_ old: MergedNode, _ new: MergedNode, ignoresTimes: Bool) -> Bool {
        let hasSameOwner = old.attributes.uid == new.attributes.uid && old.attributes.gid == new.attributes.gid
        guard old.kind == new.kind, hasSameOwner else { return false }
        if old.kind != .symbolicLink, old.attributes.mode != new.attributes.mode { return false }
        if old.kind == .directory { return true }
        return old.content == new.content && old.target == new.target
            && (ignoresTimes || old.attributes.modificationTime == new.attributes.modificationTime)
    }
}
