import LayerModel
import LayerTestKit
import Testing

@Suite("Merged trees")
struct TreeMergeTests {
    @Test("a layer's entries replace what lies below", arguments: MergeCase.replacing)
    func replacing(_ item: MergeCase) throws {
        #expect(LayerSketch.lines(of: try LayerSketch.merge(item.layers)) == item.tree)
    }

    @Test("whiteouts remove what lies below", arguments: MergeCase.whiteouts)
    func whiteouts(_ item: MergeCase) throws {
        #expect(LayerSketch.lines(of: try LayerSketch.merge(item.layers)) == item.tree)
    }

    @Test("opaque markers empty their directory", arguments: MergeCase.opaques)
    func opaques(_ item: MergeCase) throws {
        #expect(LayerSketch.lines(of: try LayerSketch.merge(item.layers)) == item.tree)
    }

    @Test("hard links are names of one inode", arguments: MergeCase.hardLinks)
    func hardLinks(_ item: MergeCase) throws {
        #expect(LayerSketch.lines(of: try LayerSketch.merge(item.layers)) == item.tree)
    }

    struct RefusedCase: Sendable {
        let layers: [[String]]
        let refusal: TreeMergeError
    }

    private static func path(_ name: String) -> LayerPath {
        name.split(separator: "/").reduce(LayerPath.root) { $0.appending(Array($1.utf8)) }
    }

    @Test(
        "what means nothing is refused, by its name",
        arguments: [
            RefusedCase(layers: [[".wh."]], refusal: .badWhiteout(path(".wh."))),
            RefusedCase(layers: [["d/.wh."]], refusal: .badWhiteout(path("d/.wh."))),
            RefusedCase(layers: [["d/.wh.."]], refusal: .badWhiteout(path("d/.wh.."))),
            RefusedCase(layers: [["d/.wh..."]], refusal: .badWhiteout(path("d/.wh..."))),
            RefusedCase(layers: [["b=>a"]], refusal: .linkTargetMissing(path("b"))),
            RefusedCase(layers: [["b=>a", "a=1"]], refusal: .linkTargetMissing(path("b"))),
            RefusedCase(layers: [["a=>b", "b=>a"]], refusal: .linkTargetMissing(path("a"))),
            RefusedCase(layers: [["d/", "b=>d"]], refusal: .linkTargetMissing(path("b"))),
            RefusedCase(layers: [["b=>."]], refusal: .linkTargetMissing(path("b"))),
            RefusedCase(layers: [["a=1"], [".wh.a", "b=>a"]], refusal: .linkTargetMissing(path("b"))),
            RefusedCase(layers: [["d/f=1", "d=>d/f"]], refusal: .linkTargetMissing(path("d"))),
            RefusedCase(layers: [["f=1", "f/h=>f"]], refusal: .linkTargetMissing(path("f/h"))),
            RefusedCase(layers: [["a->b", "b->a", "a/f"]], refusal: .tooManyLinks(path("a/f"))),
            RefusedCase(layers: [["./=1"]], refusal: .rootIsNoDirectory),
        ]
    )
    func refused(_ item: RefusedCase) {
        #expect(throws: item.refusal) { try LayerSketch.merge(item.layers) }
    }

    @Test("L-45: the root's attributes are the last that a layer gives")
    func rootAttributes() throws {
        #expect(try LayerSketch.merge([["f"]]).rootAttributes == FileAttributes(mode: 0o755))
        #expect(try LayerSketch.merge([["./ 700"], ["./ 711"], ["f"]]).rootAttributes == FileAttributes(mode: 0o711))
    }

    @Test("L-20, L-21: every kind keeps its attributes and what belongs to it")
    func kinds() throws {
        let attributes = FileAttributes(
            mode: 0o4751,
            uid: 7,
            gid: 8,
            modificationTime: Timestamp(seconds: -9, nanoseconds: 10),
            extendedAttributes: [ExtendedAttribute(name: Array("user.a".utf8), value: [0])]
        )
        let device = DeviceNumber(major: 0, minor: 0)
        for kind in EntryKind.allCases where kind != .hardLink {
            let path = Self.path("x")
            var merge = TreeMerge()
            try merge.apply([
                LayerEntry(path, kind, attributes: attributes, content: [1], target: [2], device: device)
            ])
            let node = try #require(merge.nodes[path], "L-75: a device 0:0 is no whiteout")
            #expect(node.kind == kind)
            #expect(node.attributes == attributes)
            #expect((node.content, node.target, node.device) == ([1], [2], device))
        }
    }

    @Test("a node tells the layer that it comes from")
    func provenance() throws {
        let merge = try LayerSketch.merge([["a/", "a/f", "g"], [], ["a/h", "b=>g", "g/"]])
        let layers = ["a", "a/f", "a/h", "b", "g"].map { merge.nodes[Self.path($0)]?.layer }
        #expect(layers == [0, 0, 2, 2, 2])
    }
}
