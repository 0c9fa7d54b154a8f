import LayerModel
import LayerTestKit
import Testing

@Suite("Laws of merging")
struct TreeMergePropertyTests {
    /// A tree without the numbers that depend on how it came about.
    private struct Tree: Equatable {
        let root: FileAttributes
        let nodes: [LayerPath: MergedNode]

        init(_ merge: TreeMerge) {
            root = merge.rootAttributes
            var numbers: [Int: Int] = [:]
            var nodes = merge.nodes
            for path in nodes.keys.sorted() {
                guard let inode = nodes[path]?.inode else { continue }
                let number = numbers[inode] ?? numbers.count
                numbers[inode] = number
                nodes[path]?.inode = number
                nodes[path]?.layer = 0
            }
            self.nodes = nodes
        }
    }

    private static func merge(_ layers: some Sequence<[LayerEntry]>) throws -> TreeMerge {
        var merge = TreeMerge()
        for layer in layers { try merge.apply(layer) }
        return merge
    }

    /// The one layer that means a whole tree: directories before what lies in them, the first name of an inode before its others.
    private static func squash(_ merge: TreeMerge) -> [LayerEntry] {
        var firstNames: [Int: LayerPath] = [:]
        var entries = [LayerEntry(.root, .directory, attributes: merge.rootAttributes)]
        for (path, node) in merge.nodes.sorted(by: { $0.key < $1.key }) {
            if let first = firstNames[node.inode] {
                entries.append(LayerEntry(path, .hardLink, attributes: node.attributes, linkedPath: first))
                continue
            }
            firstNames[node.inode] = path
            entries.append(
                LayerEntry(
                    path,
                    node.kind,
                    attributes: node.attributes,
                    content: node.content,
                    target: node.target,
                    device: node.device
                )
            )
        }
        return entries
    }

    @Test(
        "layers that are squashed, from the lowest up to any, mean the same below the rest",
        arguments: 0..<150 as Range<UInt64>
    )
    func squashedPrefix(_ seed: UInt64) throws {
        let layers = RandomStack(seed: seed).layers
        let whole = Tree(try Self.merge(layers))
        for count in 0...layers.count {
            let prefix = Self.squash(try Self.merge(layers[..<count]))
            let tree = Tree(try Self.merge([prefix] + layers[count...]))
            #expect(tree == whole, "seed \(seed): \(count) of \(layers.count) layers squashed")
        }
    }

    @Test("L-62, L-70: where markers stand in their layer does not matter", arguments: 0..<150 as Range<UInt64>)
    func markerOrder(_ seed: UInt64) throws {
        var stack = RandomStack(seed: seed)
        let moved = stack.layers.map { stack.movingMarkers(of: $0) }
        #expect(Tree(try Self.merge(moved)) == Tree(try Self.merge(stack.layers)), "seed \(seed)")
    }

    @Test(
        "L-71: over an opaque root nothing of the layers below is left but the root's attributes",
        arguments: 0..<50 as Range<UInt64>
    )
    func opaqueRoot(_ seed: UInt64) throws {
        var layers = RandomStack(seed: seed).layers
        let marker = LayerEntry(
            LayerPath.root.appending(Whiteout.opaqueName),
            .regular,
            attributes: FileAttributes(mode: 0o644)
        )
        let top = RandomStack(seed: ~seed).layers[0]
        layers.append(top + [marker])
        #expect(Tree(try Self.merge(layers)).nodes == Tree(try Self.merge([top])).nodes, "seed \(seed)")
    }

    @Test("in every tree each name lies in a directory, and none is a marker", arguments: 0..<150 as Range<UInt64>)
    func shape(_ seed: UInt64) throws {
        let merge = try Self.merge(RandomStack(seed: seed).layers)
        for (path, node) in merge.nodes {
            let parent = try #require(path.parent)
            #expect(parent.isRoot || merge.nodes[parent]?.kind == .directory, "seed \(seed): \(path)")
            #expect(!Whiteout.isMarker(path.name) && node.kind != .hardLink, "seed \(seed): \(path)")
        }
    }

    @Test("the stacks of these tests hold links, markers and trees worth the name")
    func coverage() throws {
        let stacks = (0..<150).map { RandomStack(seed: $0).layers }
        let entries = stacks.joined().joined()
        #expect(entries.filter { $0.kind == .hardLink }.count > 50)
        #expect(entries.filter { Whiteout.isMarker($0.path.name) }.count > 200)
        let sizes = try stacks.map { try Self.merge($0).nodes.count }
        #expect(sizes.reduce(0, +) > 150 * 3)
    }
}
