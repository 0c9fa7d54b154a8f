import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("Entries that mean nothing are refused by name") struct RefusedEntryTests {
    struct RefusedCase: Sendable, CustomTestStringConvertible {
        let id: String
        let name: [UInt8]
        var typeFlag = UInt8(ascii: "0")
        var link: [UInt8] = []
        var before: [String] = []
        let reason: String

        init(
            _ id: String,
            _ name: String,
            _ type: Character = "0",
            to link: String = "",
            after before: [String] = [],
            because reason: String
        ) {
            self.id = id
            self.name = Array(name.utf8)
            self.typeFlag = type.asciiValue ?? 0
            self.link = Array(link.utf8)
            self.before = before
            self.reason = reason
        }

        var testDescription: String { "\(id) \(String(decoding: name, as: UTF8.self))" }
    }

    static let cases: [RefusedCase] = [
        RefusedCase("L-42", "..", because: "path escapes the layer root ('..' component)"),
        RefusedCase("L-42", "../x", because: "path escapes the layer root ('..' component)"),
        RefusedCase("L-42", "/../x", because: "path escapes the layer root ('..' component)"),
        RefusedCase("L-42", "a/../b", because: "path escapes the layer root ('..' component)"),
        RefusedCase("L-42", "d/..", "5", because: "path escapes the layer root ('..' component)"),
        RefusedCase("L-42", "s/../x", after: ["s->d"], because: "path escapes the layer root ('..' component)"),
        RefusedCase("L-42", "../.wh.x", because: "path escapes the layer root ('..' component)"),
        RefusedCase("L-42", "../.wh..wh..opq", because: "path escapes the layer root ('..' component)"),
        RefusedCase(
            "L-43",
            "d/" + String(repeating: "n", count: 256),
            because: "file name too long (over 255 bytes) [limit component-bytes]"
        ),
        RefusedCase(
            "L-43",
            String(repeating: "n/", count: 2048) + "n",
            because: "path too long (over 4095 bytes) [limit path-bytes]"
        ),
        RefusedCase(
            "L-43",
            ".wh." + String(repeating: "n", count: 256),
            because: "file name too long (over 255 bytes)"
        ),
        RefusedCase(
            "L-43",
            "s/x",
            after: ["s->" + String(repeating: "n", count: 256)],
            because: "file name too long (over 255 bytes)"
        ),
        RefusedCase("L-45", ".", because: "root of the layer is not a directory"),
        RefusedCase("L-45", ".", "2", to: "x", because: "root of the layer is not a directory"),
        RefusedCase("L-45", "/.", "2", to: "x", because: "root of the layer is not a directory"),
        RefusedCase("L-45", "./", "6", because: "root of the layer is not a directory"),
        RefusedCase("L-45", "./", "1", to: "f", after: ["f"], because: "root of the layer is not a directory"),
        RefusedCase("L-55", "a/f", after: ["a->b", "b->a"], because: "too many levels of symbolic links"),
        RefusedCase("L-55", "h", "1", to: "a/f", after: ["a->a"], because: "too many levels of symbolic links"),
        RefusedCase("L-64", ".wh.", because: "whiteout with an empty name"),
        RefusedCase("L-64", "d/.wh.", because: "whiteout with an empty name"),
        RefusedCase("L-64", "d/.wh./", "5", because: "whiteout with an empty name"),
        RefusedCase("L-65", ".wh..", because: "whiteout of '.'"),
        RefusedCase("L-65", "d/.wh...", because: "whiteout of '..'"),
        RefusedCase("L-75", "c", "3", because: "character device 0:0 is reserved for overlay whiteouts"),
        RefusedCase("L-80", "h", "1", to: "d", after: ["d/"], because: "hardlink to a directory"),
        RefusedCase("L-80", "h", "1", to: "/", because: "hardlink to a directory"),
        RefusedCase("L-80", "d", "1", to: "d/f", after: ["d/f"], because: "hardlink target lies below the link itself"),
        RefusedCase("L-80", "d", "1", to: "d/f", because: "hardlink target lies below the link itself"),
        RefusedCase("L-80", "f/h", "1", to: "f", after: ["f=1"], because: "hardlink target is a parent of the link"),
        RefusedCase("L-81", "h", "1", to: "h", because: "hardlink target not found: \"h\""),
        RefusedCase("L-81", "h", "1", to: "d/x", after: ["d=1"], because: "hardlink target not found: \"d/x\""),
        RefusedCase("L-82", "h", "1", to: "no/such", because: "hardlink target not found: \"no/such\""),
        RefusedCase(
            "L-83",
            "h",
            "1",
            to: "../x",
            because: "hardlink target: path escapes the layer root ('..' component)"
        ),
    ]

    @Test("An entry is refused, and the message names it and says why", arguments: cases)
    func refused(_ item: RefusedCase) throws {
        var tar = TarBuilder()
        for entry in try LayerSketch.layer(item.before) { tar.add(entry) }
        tar.add(name: item.name, typeFlag: item.typeFlag, link: item.link)
        tar.end()
        let error = #expect(throws: TreeError.self) { _ = try UnpackedStack([tar.bytes]) }
        let message = error?.description ?? ""
        let name = item.name.count > 512 ? Array(item.name[..<512]) : item.name
        #expect(message.hasPrefix("entry \"\(String(decoding: name, as: UTF8.self))"), "\(message)")
        #expect(message.hasSuffix(": " + item.reason), "\(message)")
    }

    @Test("L-55: a marker behind a loop of links is refused by its name", arguments: ["a/.wh.x", "a/.wh..wh..opq"])
    func markerBehindLoop(name: String) throws {
        let tar = TarBuilder.tar(try LayerSketch.layer([name, "a->a"]))
        let error = #expect(throws: TreeError.self) { _ = try UnpackedStack([tar]) }
        #expect(error?.description.hasSuffix("too many levels of symbolic links") == true)
    }

    @Test(
        "L-82: what this layer removes or replaces cannot be linked to",
        arguments: [
            [".wh.a", "b=>a"], ["b=>a", ".wh.a"], ["b=>d/f", ".wh.d"], ["b=>d/f", "d/.wh..wh..opq"],
            ["b=>a", ".wh..wh..opq"],
            ["d=1", "b=>d/f"], ["d=1", "d/", "b=>d/f"], ["s->d", "b=>s/f", ".wh.d"],
        ]
    )
    func hiddenTarget(layer: [String]) throws {
        let tars = try [["a=1", "d/f=2"], layer].map { TarBuilder.tar(try LayerSketch.layer($0)) }
        let error = #expect(throws: TreeError.self) { _ = try UnpackedStack(tars) }
        guard case .linkTargetMissing(let name, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(name == [UInt8(ascii: "b")])
    }

    @Test("L-81: a link to a later entry is refused by name")
    func forwardLink() throws {
        let tar = TarBuilder.tar(try LayerSketch.layer(["b=>a", "a=1"]))
        let error = TreeError.linkTargetMissing(name: [UInt8(ascii: "b")], target: [UInt8(ascii: "a")])
        #expect(throws: error) { _ = try UnpackedStack([tar]) }
    }

    @Test(
        "L-42: spellings of one name are one name",
        arguments: ["d/f", "./d/f", "/d/f", "//d//f", "d/./f", ".//d/.//f"]
    )
    func spellings(name: String) throws {
        var tar = TarBuilder()
        tar.add(name: Array("d/f".utf8), content: [UInt8(ascii: "1")])
        tar.add(name: Array(name.utf8), content: [UInt8(ascii: "2")])
        tar.add(name: Array((name + "/").utf8), typeFlag: UInt8(ascii: "2"), link: Array("x".utf8))
        tar.add(name: Array("h".utf8), typeFlag: UInt8(ascii: "1"), link: Array(name.utf8))
        tar.end()
        let stack = try UnpackedStack([tar.bytes])
        #expect(try OverlaySketch.lines(of: stack.lowers[0].tree) == ["d/", "d/f->x", "h=>d/f"])
        #expect(try stack.recreate(0) == tar.bytes)
    }

    @Test("L-43: names are bytes, of the full length, whited out too")
    func names() throws {
        let long = [UInt8](repeating: UInt8(ascii: "n"), count: 255)
        let names = [
            [0xff, 0xfe], [0xc3, 0xa9], [0x65, 0xcc, 0x81], Array("a\nb\u{1b}[1m\\:,".utf8), long, Array("-rf".utf8),
        ]
        let layer = names.map {
            LayerEntry(LayerPath.root.appending($0), .regular, attributes: FileAttributes(mode: 0o644))
        }
        let markers = names.map { name in
            LayerEntry(
                LayerPath.root.appending(Whiteout.prefix + name),
                .regular,
                attributes: FileAttributes(mode: 0o644)
            )
        }
        let tars = [TarBuilder.tar(layer), TarBuilder.tar(markers)]
        let stack = try UnpackedStack(tars)
        let sorted = names.sorted { $0.lexicographicallyPrecedes($1) }
        for number in 0...1 {
            let (index, tree) = (stack.lowers[number].index, stack.lowers[number].tree)
            #expect(index.nodes.dropFirst().map { Array(index.name(of: $0)) } == sorted)
            #expect(try Set(tree.list()) == Set(names))
            #expect(index.nodes.dropFirst().allSatisfy { $0.isWhiteout == (number == 1) })
            #expect(try stack.recreate(number) == tars[number])
        }
    }

    @Test("L-43: a path of 4,095 bytes")
    func longestPath() throws {
        let name = Array((String(repeating: "d/", count: 2047) + "f").utf8)
        var tar = TarBuilder()
        tar.add(name: name, content: [1])
        tar.end()
        let stack = try UnpackedStack([tar.bytes])
        let index = stack.lowers[0].index
        #expect(index.nodes.last.map { index.path(of: $0).bytes } == name)
        #expect(try stack.recreate(0) == tar.bytes)
    }
}
