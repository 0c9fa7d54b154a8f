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
        let lines = try commands.run("system", "df").lines
        #expect(lines[0] == "TYPE         TOTAL     ACTIVE    SIZE      RECLAIMABLE")
        #expect(lines[1] == "Images       2         0         10B       10B (100%)")
        #expect(lines[2] == "Containers   0         0         0B        0B")
        let verbose = try commands.run("system", "df", "-v").lines
        #expect(verbose[0] == "Images space usage:")
        #expect(
            verbose.contains { $0.hasPrefix("one") && $0.hasSuffix("8B        5B            3B            0") },
            "\(verbose)"
        )
        #expect(verbose.contains("Containers space usage:"))
        let json = try commands.run("system", "df", "--format", "json").lines
        #expect(json[0] == #"{"Active":"0","Reclaimable":"10B (100%)","Size":"10B","TotalCount":"2","Type":"Images"}"#)
        #expect(try commands.run("system", "df", "-v", "--format", "{{.Type}}").status == 2)
        #expect(try commands.run("system", "info").lines[0].hasPrefix("Root: "))
    }
}
