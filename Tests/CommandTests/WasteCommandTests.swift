import LayerTestKit
import Testing

@Suite("What layers store that the image does not need") struct WasteCommandTests {
    /// What is computed by hand, sizes in bytes.
    ///
    ///     path        layer 1   layer 2        layer 3        dive: smallest / all
    ///     a               100       100              -              100 / 200
    ///     b                50         -       whiteout 0             0 / 50
    ///     d/x, d/y     30, 20         -              -           30, 20 / 30, 20
    ///     d                 -         -  whiteout of 50             50 / 50
    ///     e                10         -              -               10 / 10
    ///     f                 -        10              -               10 / 10
    ///     g=>f              -  link to f             -                 0 / 0
    ///
    /// Hidden: a once (100, overwritten), b (50), d/x (30), d/y (20). In the image twice: e and f. Efficiency 220 / 370.
    private static let layers = [
        [
            "a=" + text("1", 100), "b=" + text("b", 50), "d/", "d/x=" + text("x", 30), "d/y=" + text("y", 20),
            "e=" + text("e", 10),
        ],
        ["a=" + text("2", 100), "f=" + text("e", 10), "g=>f"],
        [".wh.b", ".wh.d"],
    ]

    private static func text(_ letter: String, _ count: Int) -> String { String(repeating: letter, count: count) }

    private let store: CommandStore
    private let file: String

    init() throws {
        store = try CommandStore()
        file = try store.archive(MadeImage(Self.layers, tags: ["app:1"]))
    }

    @Test("The figures are those computed by hand, of a file and of the store")
    func figures() throws {
        #expect(try store.run("load", "-q", "-i", file).status == 0)
        let expected = """
            KIND          COUNT     SIZE      PATH
            overwritten   1         100B      /a
            deleted       1         50B       /b
            deleted       1         30B       /d/x
            deleted       1         20B       /d/y
            duplicate     1         10B       /e
            200B wasted of 320B in 3 layers (100B overwritten, 100B deleted); 10B in duplicates; efficiency 59.45%

            """
        #expect(try store.run("waste", file).output == expected)
        #expect(try store.run("waste", "app:1").output == expected)
        let top = try store.run("waste", "--top", "1", file).lines
        #expect(top.count == 4 && top[2] == "… and 4 more")
        let json = try store.run("waste", "--format", "json", file).output
        let sums =
            #"{"efficiency":0.594594,"size":320,"wasted":200,"overwritten":100,"deleted":100,"duplicates":10,"layers":3,"files":["#
        #expect(json.hasPrefix(sums + #"{"kind":"overwritten","path":"/a","count":1,"size":100}"#))
    }

    @Test(
        "A limit that is not kept ends with status 1, and what was found is printed all the same",
        arguments: [
            (["--max-wasted", "199"], 1), (["--max-wasted", "200b"], 0), (["--max-wasted", "62%"], 1),
            (["--max-wasted", "62.5%"], 0), (["--min-efficiency", "0.6"], 1), (["--min-efficiency", "59%"], 0),
            (["--min-efficiency", "2"], 2), (["--max-wasted", "much"], 2),
        ]
    )
    func limits(options: [String], status: Int) throws {
        let run = try LayerctlRun(["waste"] + options + [file], environment: ["LAYERCTL_ROOT": store.root])
        #expect(Int(run.status) == status, "\(run.errors)")
        #expect(run.output.contains("320B") == (status != 2))
    }

    @Test("An image without anything in vain is wholly efficient; names of one file hide nothing while one shows")
    func nothing() throws {
        let image = try MadeImage([["a=1", "b=>a", "c/"], [".wh.a"]], tags: ["app:2"])
        let run = try store.run("waste", store.archive(image, name: "links.tar"))
        #expect(run.lines.last?.hasPrefix("0B wasted of 1B in 2 layers") == true, "\(run.output)")
        let empty = try store.run("waste", store.archive(MadeImage([["c/"]]), name: "empty.tar"))
        #expect(empty.output.contains("efficiency 100.00%"))
        #expect(try store.run("waste", "nobody").status == 3)
    }
}
