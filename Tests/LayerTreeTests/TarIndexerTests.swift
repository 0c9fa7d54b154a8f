import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("A layer that is known by its tar alone") struct TarIndexerTests {
    @Test("Random stacks have the indexes that they get in the store", arguments: MergeLawTests.seeds)
    func sameIndex(seed: UInt64) throws {
        var random = RandomLayers(seed: seed)
        let tars = random.stack().map { TarBuilder.tar($0) }
        let unpacked: UnpackedStack
        do {
            unpacked = try UnpackedStack(tars)
        } catch {
            #expect(throws: (any Error).self, "seed \(seed): unpacking refuses it (\(error))") {
                try IndexedStack(tars)
            }
            return
        }
        let indexed = try IndexedStack(tars)
        let bare = try IndexedStack(tars, readsContent: false)
        for number in tars.indices {
            let expected = unpacked.lowers[number].index
            #expect(Self.lines(indexed.layers[number].index) == Self.lines(expected), "seed \(seed): layer \(number)")
            let withoutDigests = Self.lines(expected, hasDigests: false)
            #expect(Self.lines(bare.layers[number].index) == withoutDigests, "seed \(seed): layer \(number)")
            try compareContents(indexed.layers[number], unpacked.lowers[number].tree, "seed \(seed): layer \(number)")
        }
    }

    private func compareContents(_ layer: StackedLayer, _ tree: Directory, _ comment: Comment) throws {
        for node in layer.index.nodes where node.kind == .regular {
            var content: [UInt8] = []
            try layer.readFile(node) { content.append(contentsOf: $0) }
            let onDisk = try tree.openFileInRoot(layer.index.path(of: node).bytes).readAll(byteLimit: 1 << 20)
            #expect(content == onDisk, comment)
        }
    }

    private static func lines(_ index: LayerIndex, hasDigests: Bool = true) -> [String] {
        index.nodes.map { node in
            let digest = hasDigests ? index.contentDigest(of: node).map { "\($0)" } ?? "" : ""
            let owner = "\(node.mode) \(node.uid) \(node.gid) \(node.modificationTime) \(node.byteCount) \(node.device)"
            let marks = "\(node.isOpaque) \(node.isImplied) \(node.primary)"
            return "\(index.path(of: node)) \(node.kind.map { "\($0)" } ?? "whiteout") \(owner) \(marks) "
                + "\(Array(index.target(of: node))) \(index.extendedAttributes(of: node)) \(digest)"
        }
    }
}
