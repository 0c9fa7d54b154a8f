import LayerTestKit
import Testing

/// `layers` and `system df` at the command line.
@Suite struct UsageCommandTests {
    private let commands: CommandStore
    private let images: [MadeImage]

    init() throws {
        commands = try CommandStore()
        images = [
            try MadeImage([["a=12345"], ["b=123"]], tags: ["one:1"]),
            try MadeImage([["a=12345"], ["c=12"]], tags: ["two:1"]),
        ]
        for image in images { try commands.load(image) }
    }

    @Test func `A branch is drawn where stacks part`() throws {
        let short = { (index: Int, layer: Int) in String(images[index].hexDiffIDs[layer].prefix(12)) }
        let lines = try commands.run("layers").lines
        #expect(lines.count == 5)
        #expect(
            lines[0].split(separator: " ").map(String.init) == [
                "LAYER", "SIZE", "FILES", "IMAGES", "CONTAINERS", "TOP", "OF",
            ]
        )
        #expect(lines[1].hasPrefix("\(short(0, 0))  "))
        let branches = lines[2...3].map { String($0.prefix(14)) }
        #expect(branches[0].hasPrefix("├─") && branches[1].hasPrefix("└─"))
        #expect(Set(branches.map { String($0.dropFirst(2)) }) == [short(0, 1), short(1, 1)])
        #expect(lines[4] == "10B in all, 5B shared, 0B unused")
        #expect(try commands.run("layers", "--format", "{{.bytes}} {{.sharedBytes}}").lines == ["10 5"])
    }

    @Test func `What docker system df prints`() throws {
        for (name, text) in [("used", "1234567"), ("free", "1234")] {
            #expect(try commands.run("volume", "create", name).status == 0)
            try TestFile.write(Array(text.utf8), to: "\(commands.root)/volumes/\(name)/_data/file")
        }
        let unused = try commands.run("system", "df").lines
        #expect(unused[3] == "Local Volumes   2         0         11B       11B (100%)")
        #expect(try commands.run("create", "-v", "used:/used", "one:1", "sh").status == 0)
        let lines = try commands.run("system", "df").lines
        #expect(lines[0] == "TYPE            TOTAL     ACTIVE    SIZE      RECLAIMABLE")
        #expect(lines[1] == "Images          2         1         10B       2B (20%)")
        #expect(lines[2] == "Containers      1         0         0B        0B")
        #expect(lines[3] == "Local Volumes   2         1         11B       4B (36%)")
        let verbose = try commands.run("system", "df", "-v").lines
        #expect(verbose[0] == "Images space usage:")
        #expect(
            verbose.contains { $0.hasPrefix("one") && $0.hasSuffix("8B        5B            3B            1") },
            "\(verbose)"
        )
        #expect(verbose.contains("Containers space usage:"))
        #expect(
            verbose.suffix(3) == [
                "VOLUME NAME   LINKS     SIZE", "free          0         4B", "used          1         7B",
            ]
        )
        let json = try commands.run("system", "df", "--format", "json").lines
        #expect(json[0] == #"{"Active":"1","Reclaimable":"2B (20%)","Size":"10B","TotalCount":"2","Type":"Images"}"#)
        #expect(try commands.run("system", "df", "-v", "--format", "{{.Type}}").status == 2)
        #expect(try commands.run("system", "info").lines[0].hasPrefix("Root: "))
    }
}
