import LayerArchive
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("A tar that is copied into a container stays in it") struct TarExtractionTests {
    /// A directory as the root of a container, with a canary beside it.
    private struct Box {
        let scratch: ScratchDirectory
        let root: Directory

        init() throws {
            scratch = try ScratchDirectory()
            try TestFile.write(Array("canary".utf8), to: scratch.path + "/canary")
            root = try Directory(path: scratch.path).openOrMakeDirectory("root", mode: 0o755)
            for name in ["in", "run", "var"] { try root.makeDirectory(name, mode: 0o755) }
            let links = [("up", "../../../.."), ("absolute", "/run"), ("canary", "../canary")]
            for (name, target) in links { try root.open("in").makeSymbolicLink(name, target: target) }
        }

        func extract(_ entries: [LayerEntry]) throws {
            let tree = MountedTree(root, owners: OwnerRule(host: Host.effectiveUserID == 0))
            let base = try tree.resolve(Array("/in".utf8), followsLast: true).opened()
            let rule = CopyRule(owners: .invoker, keepsExtendedAttributes: false)
            var extraction = TarExtraction(into: base, rule, mayLackDevices: true)
            try extraction.extract(TarReader(BytesSource(TarBuilder.tar(entries))))
        }

        func names() throws -> [String] {
            try TreeLines.read(scratch.path).map { String($0.prefix { $0 != "\t" }) }
        }
    }

    @Test(
        "Links on the way are followed in the container",
        arguments: [
            ("absolute/x=1", "root/run/x"), ("up/run/y=1", "root/run/y"), ("absolute/../var/z=1", "root/var/z"),
            ("new/deep/x=1", "root/in/new/deep/x"), ("canary=mine", "root/in/canary"),
        ]
    )
    func links(line: String, place: String) throws {
        let box = try Box()
        if line.contains("..") {
            #expect(throws: (any Error).self) { try box.extract([raw(line)]) }
            #expect(try !box.names().contains(place))
        } else {
            try box.extract(LayerSketch.layer([line]))
            #expect(try box.names().contains(place))
        }
        #expect(try TestFile.read(box.scratch.path + "/canary") == Array("canary".utf8))
    }

    /// An entry whose name LayerPath would refuse.
    private func raw(_ line: String) -> LayerEntry {
        let name = Array(line.utf8.prefix { $0 != UInt8(ascii: "=") })
        return LayerEntry(LayerPath(canonical: name), .regular, attributes: FileAttributes(mode: 0o644))
    }

    @Test("Hard links lead to names of the tar's own place only")
    func hardLinks() throws {
        let box = try Box()
        try box.extract(LayerSketch.layer(["one=1", "sub/", "sub/two=>one", "link->one"]))
        #expect(try box.root.open("in").status("one").linkCount == 2)
        let bad = ["../../canary", "absent", "sub"].map { Array($0.utf8) }
        for target in bad {
            let entry = LayerEntry(
                try LayerPath(normalizing: Array("bad".utf8)),
                .hardLink,
                attributes: FileAttributes(mode: 0o644),
                linkedPath: LayerPath(canonical: target)
            )
            #expect(throws: (any Error).self) { try box.extract([entry]) }
        }
        #expect(try !box.names().contains("root/in/bad"))
    }

    @Test("Only directories replace directories", arguments: [["in/", "one=1", "one/"], ["one/", "one=1"]])
    func kinds(lines: [String]) throws {
        let box = try Box()
        #expect(throws: CopyError.self) { try box.extract(LayerSketch.layer(lines)) }
    }
}
