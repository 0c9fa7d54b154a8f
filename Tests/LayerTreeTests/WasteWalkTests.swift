import LayerModel
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("What layers store in vain") struct WasteWalkTests {
    @Test("What is hidden in random stacks is all that the finished tree does not show", arguments: MergeLawTests.seeds)
    func law(seed: UInt64) throws {
        var random = RandomLayers(seed: seed)
        let stack = random.stack()
        var merge = TreeMerge()
        var prefixes: [[LayerPath: MergedNode]] = []
        do {
            for layer in stack {
                prefixes.append(merge.nodes)
                try merge.apply(layer)
            }
        } catch { return }
        let layers = try IndexedStack(stack.map { TarBuilder.tar($0) }).layers
        let found = WasteWalk.findings(of: layers)
        var shown: [Int: (content: [UInt8], path: LayerPath)] = [:]
        for (path, node) in merge.nodes where node.kind == .regular { shown[node.inode] = (node.content, path) }
        let all = layers.reduce(into: Int64(0)) { sum, layer in
            for node in layer.index.nodes where node.primary == node.ordinal { sum += node.byteCount }
        }
        let visible = shown.values.reduce(into: Int64(0)) { $0 += Int64($1.content.count) }
        #expect(found.byteCount == all, "seed \(seed)")
        #expect(found.hidden.reduce(0) { $0 + $1.byteCount } == all - visible, "seed \(seed)")
        for hidden in found.hidden {
            #expect(hidden.isDeleted == (merge.nodes[hidden.path] == nil), "seed \(seed): \(hidden.path)")
        }
        let contents = Dictionary(grouping: shown.values.map(\.content).filter { !$0.isEmpty }) { $0 }
        let twice = contents.values.filter { $0.count > 1 }.map { "\($0.count) \($0[0].count)" }.sorted()
        #expect(found.duplicates.map { "\($0.count) \($0.byteCount)" }.sorted() == twice, "seed \(seed)")
        let sums = Self.sums(layers, prefixes)
        #expect(found.minimumByteCount == sums.minimum && found.discoveredByteCount == sums.all, "seed \(seed)")
    }

    /// dive's sums, path by path.
    private static func sums(
        _ layers: [StackedLayer],
        _ prefixes: [[LayerPath: MergedNode]]
    ) -> (minimum: Int64, all: Int64) {
        var sizes: [LayerPath: [Int64]] = [:]
        for (layer, below) in zip(layers, prefixes) {
            for node in layer.index.nodes.dropFirst() {
                let path = layer.index.path(of: node)
                if node.isWhiteout {
                    let isDirectory = below[path]?.kind == .directory
                    sizes[path, default: []].append(isDirectory ? size(below, path, layers) : 0)
                } else if node.kind != .directory || !layer.index.children(of: node).contains(where: { _ in true }) {
                    sizes[path, default: []].append(node.primary == node.ordinal ? node.byteCount : 0)
                }
            }
        }
        return sizes.values.reduce(into: (0, 0)) { sums, sizes in
            sums.0 += sizes.min() ?? 0
            sums.1 += sizes.reduce(0, +)
        }
    }

    /// Names of one file count once, with the one that its layer's index has first.
    private static func size(
        _ tree: [LayerPath: MergedNode],
        _ directory: LayerPath,
        _ layers: [StackedLayer]
    ) -> Int64 {
        tree.reduce(into: 0) { sum, entry in
            guard entry.key.isWithin(directory), entry.value.kind == .regular else { return }
            let node = layers[entry.value.layer].index.node(at: entry.key)
            if node?.primary == node?.ordinal { sum += Int64(entry.value.content.count) }
        }
    }
}
