import LayerTestKit
import Testing

@Suite("Which layer made a path what it is") struct PathLogTests {
    private static let layers = [
        [
            "etc/", "etc/f=one", "etc/gone=1", "etc/back=1", "etc/same=1", "etc/kind=1", "real/", "real/g=1",
            "alias->real",
        ],
        ["etc/", "etc/f=two", "etc/.wh.gone", "etc/.wh.back", "etc/same=1", "etc/kind/"],
        ["etc/", "etc/f=two 600", "etc/back=1", "etc/only=1"],
        ["etc/ 700", "etc/f=2"],
    ]
    private static let history = (1...4).map { #"{"created_by":"step \#($0)"}"# }.joined(separator: ",")
    private static let format = "{{.Path}} {{.Change}} {{.Layer}} {{.Size}} {{.CreatedBy}}"

    private let store: CommandStore
    private let file: String
    private let diffIDs: [String]

    init() throws {
        store = try CommandStore()
        var image = try MadeImage(Self.layers, tags: ["app:1"])
        image.history = "[\(Self.history),{\"created_by\":\"CMD\",\"empty_layer\":true}]"
        file = try store.archive(image)
        diffIDs = image.hexDiffIDs
        #expect(try store.run("load", "-q", "-i", file).status == 0)
    }

    @Test("blame names the last layer that changed each path, by content, by attributes, by removal")
    func blame() throws {
        let paths = ["/etc/f", "etc/gone", "/etc/back", "/etc/same", "/etc/kind", "/etc/only", "/etc", "/real/g"]
        let expected = [
            "/etc/f modified 4 1B step 4", "/etc/gone deleted 2 - step 2", "/etc/back re-created 3 1B step 3",
            "/etc/same created 1 1B step 1", "/etc/kind modified 2 - step 2", "/etc/only created 3 1B step 3",
            "/etc attributes 4 - step 4", "/real/g created 1 1B step 1",
        ]
        for name in [file, "app:1"] {
            #expect(
                try LayerctlRun(
                    ["blame", "--format", Self.format, name] + paths,
                    environment: ["LAYERCTL_ROOT": store.root]
                ).lines == expected,
                "\(name)"
            )
        }
    }

    @Test("log tells all that happened to a path, the newest first")
    func log() throws {
        let all = ["modified 4 1B", "attributes 3 3B", "modified 2 3B", "created 1 3B"]
        for name in [file, "app:1"] {
            let lines = try store.run("log", "--format", "{{.Change}} {{.Layer}} {{.Size}}", name, "/etc/f").lines
            #expect(lines == all, "\(name)")
        }
        let same = try store.run("log", "--format", "{{.Change}} {{.DiffID}}", file, "/etc/same").lines
        #expect(same == ["repeated " + diffIDs[1].prefix(12), "created " + diffIDs[0].prefix(12)])
        let back = try store.run("log", "--format", "{{.Change}}", file, "/etc/back").lines
        #expect(back == ["re-created", "deleted", "created"])
    }

    @Test("Links on the way are followed where no layer has the path as it is written")
    func links() throws {
        let lines = try store.run("blame", "--format", Self.format, file, "/alias/g").lines
        #expect(lines == ["/real/g created 1 1B step 1"])
        #expect(try store.run("blame", "--format", "{{.Path}}", file, "/alias").lines == ["/alias"])
    }

    @Test("The table has headings, JSON has all fields, and what is not there is said")
    func forms() throws {
        let table = try store.run("blame", file, "/etc/only").lines
        #expect(table.count == 2 && table[0].hasPrefix("PATH") && table[0].hasSuffix("CREATED BY"))
        let json = try store.run("log", "--no-trunc", "--format", "json", file, "/etc/only").output
        let expected =
            #"{"Change":"created","CreatedBy":"step 3","DiffID":"sha256:\#(diffIDs[2])","Layer":"3","Path":"/etc/only","Size":"1"}"#
        #expect(json == expected + "\n")
        #expect(try store.run("blame", file, "/nothing").status == 3)
        #expect(try store.run("blame", file, "/../x").status == 2)
        #expect(try store.run("blame", "app:1@1", "/etc").status == 2)
        #expect(try store.run("log", "nobody", "/etc").status == 3)
    }
}
