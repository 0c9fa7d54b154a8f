import LayerModel
import Testing

@Suite("Paths in a layer")
struct LayerPathTests {
    @Test(
        "L-42: the usual spellings of a path are one path",
        arguments: [
            ("a", "a"), ("./a", "a"), ("/a", "a"), ("a/", "a"), ("././/a//", "a"), ("a/b", "a/b"), ("a//b", "a/b"),
            ("a/./b", "a/b"), ("/a/b/.", "a/b"), (".", ""), ("./", ""), ("/", ""), ("//", ""), ("...", "..."),
            (".a", ".a"), ("..a", "..a"), ("a..", "a.."), ("a/.../b", "a/.../b"), ("-rf", "-rf"), (" ", " "),
        ]
    )
    func normalizing(_ name: String, _ canonical: String) throws {
        #expect(try LayerPath(normalizing: Array(name.utf8)).bytes == Array(canonical.utf8))
    }

    @Test(
        "L-43: names are bytes and stay as they are",
        arguments: [
            [0xFF], [0xC3], [0x61, 0x0A], [0x5C, 0x3A], [0x01], [0x1B, 0x5B], [0xC3, 0xA9], [0x65, 0xCC, 0x81],
        ] as [[UInt8]]
    )
    func bytes(_ name: [UInt8]) throws {
        #expect(try LayerPath(normalizing: name).bytes == name)
    }

    @Test("L-43: two Unicode forms of a name are two names")
    func unicodeForms() throws {
        #expect(try LayerPath(normalizing: Array("\u{E9}".utf8)) != LayerPath(normalizing: Array("e\u{301}".utf8)))
    }

    @Test(
        "L-42: a component that leads up is refused",
        arguments: ["..", "../a", "a/..", "a/../b", "/..", "./..", "a/b/../../.."]
    )
    func parentComponents(_ name: String) {
        #expect(throws: LayerPathError.parentComponent(Array(name.utf8))) {
            try LayerPath(normalizing: Array(name.utf8))
        }
    }

    @Test("an empty name and a NUL are refused", arguments: ["\0", "a\0b", "a/b\0", "\0/a"])
    func nulBytes(_ name: String) {
        #expect(throws: LayerPathError.nulByte(Array(name.utf8))) { try LayerPath(normalizing: Array(name.utf8)) }
        #expect(throws: LayerPathError.empty) { try LayerPath(normalizing: []) }
    }

    @Test("L-43: a name of 255 bytes is taken, one of 256 is not, wherever it stands", arguments: ["", "a/", "/"])
    func componentLimit(_ directory: String) throws {
        let name = Array(directory.utf8) + [UInt8](repeating: 0x78, count: 255)
        #expect(try LayerPath(normalizing: name + Array("/y".utf8)).components.count > 1)
        let longer = name + [0x78]
        #expect(throws: LayerPathError.componentTooLong(longer)) { try LayerPath(normalizing: longer) }
    }

    @Test("L-43: a path of 4,095 bytes is taken and one of 4,096 is not, by its canonical form")
    func pathLimit() throws {
        let exact = Array(String(repeating: "abc/", count: 1023).utf8) + Array("abc".utf8)
        #expect(exact.count == LayerPath.byteLimit)
        #expect(try LayerPath(normalizing: exact).bytes == exact)
        #expect(try LayerPath(normalizing: Array(".//".utf8) + exact + [0x2F]).bytes == exact)
        let longer = exact + [0x64]
        #expect(throws: LayerPathError.tooLong(longer)) { try LayerPath(normalizing: longer) }
    }

    @Test("parents, names and components fit together")
    func parts() throws {
        let path = try LayerPath(normalizing: Array("a/bc/d".utf8))
        #expect(path.components.map { Array($0) } == [[0x61], [0x62, 0x63], [0x64]])
        #expect(Array(path.name) == [0x64])
        #expect(path.parent == (try LayerPath(normalizing: Array("a/bc".utf8))))
        #expect(path.parent?.parent?.parent == .root)
        #expect(path.parent?.appending(path.name) == path)
        #expect(LayerPath.root.appending([0x61]).bytes == [0x61])
        #expect(LayerPath.root.parent == nil)
        #expect(LayerPath.root.isRoot && !path.isRoot)
        #expect(LayerPath.root.components.isEmpty && LayerPath.root.name.isEmpty)
    }

    @Test(
        "a path lies within its ancestors and itself, and not within names that begin alike",
        arguments: [
            ("a", "a", true), ("a/b", "a", true), ("a/b/c", "a", true), ("ab", "a", false), ("a", "a/b", false),
            ("a-b", "a", false), ("b/a", "a", false), ("a", ".", true), (".", ".", true), (".", "a", false),
        ]
    )
    func containment(_ path: String, _ ancestor: String, _ isWithin: Bool) throws {
        let (path, ancestor) = (Array(path.utf8), Array(ancestor.utf8))
        #expect(try LayerPath(normalizing: path).isWithin(LayerPath(normalizing: ancestor)) == isWithin)
    }

    @Test("a directory stands right before what lies in it")
    func order() throws {
        let names = [".", "A", "a", "a/b", "a/b/c", "a/c", "a\u{1}", "a b", "a-b", "a.b", "ab", "b", "é"]
        let paths = try names.map { try LayerPath(normalizing: Array($0.utf8)) }
        #expect(paths.shuffled().sorted() == paths)
        #expect(!(paths[2] < paths[2]))
    }

    @Test("for people it begins with a slash")
    func description() throws {
        #expect(LayerPath.root.description == "/")
        #expect(try LayerPath(normalizing: Array("a/é".utf8)).description == "/a/é")
    }

    @Test("reasons tell the limits")
    func reasons() {
        #expect(LayerPathError.parentComponent([]).description == "path escapes the layer root ('..' component)")
        #expect(LayerPathError.componentTooLong([]).description.contains("255"))
        #expect(LayerPathError.tooLong([]).description.contains("4095"))
    }
}
