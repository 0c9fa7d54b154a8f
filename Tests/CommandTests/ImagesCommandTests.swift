import LayerTestKit
import TestImages
import Testing

/// Contract 3.2: what `images` lists, and which images.
@Suite struct ImagesCommandTests {
    private let commands: CommandStore
    private let old: MadeImage
    private let new: MadeImage
    private let bare: MadeImage

    init() throws {
        commands = try CommandStore()
        var old = try MadeImage.single("old!", tags: ["busybox:1.0", "example.test/team/app:latest"])
        old.created = "1999-01-02T03:04:05Z"
        old.runConfig = #"{"Labels":{"k":"v","stage":"old"}}"#
        var new = try MadeImage.sample(tags: ["busybox:2.0"])
        new.created = "1999-06-01T00:00:00Z"
        var bare = try MadeImage.single("bare-image")
        bare.created = nil
        (self.old, self.new, self.bare) = (old, new, bare)
        try commands.load(old, new, bare)
    }

    private func list(_ arguments: String...) throws -> [String] {
        let run = try LayerctlRun(["images"] + arguments, environment: ["LAYERCTL_ROOT": commands.root])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.isEmpty)
        let other = try LayerctlRun(["image", "ls"] + arguments, environment: ["LAYERCTL_ROOT": commands.root])
        #expect(other.output == run.output)
        return run.lines
    }

    private let row = "{{.Repository}}:{{.Tag}} {{.Size}}"

    @Test func `The table has Docker's columns`() throws {
        let lines = try list().map { line in
            // Years go by.
            line.replacing(/[0-9]+ years ago/, with: "NN years ago")
        }
        #expect(
            lines == [
                "REPOSITORY              TAG       IMAGE ID       CREATED        SIZE",
                "busybox                 2.0       \(new.shortID)   NN years ago   1.24kB",
                "busybox                 1.0       \(old.shortID)   NN years ago   4B",
                "example.test/team/app   latest    \(old.shortID)   NN years ago   4B",
                "<none>                  <none>    \(bare.shortID)   N/A            10B",
            ]
        )
    }

    @Test func `An empty store, and one that does not exist, have a heading only`() throws {
        let empty = try CommandStore()
        let run = try empty.run("images")
        #expect(run.status == 0)
        #expect(run.lines == ["REPOSITORY   TAG       IMAGE ID   CREATED   SIZE"])
        #expect(!TestFile.exists(empty.root))
    }

    @Test func `Each ID is listed once with quiet`() throws {
        #expect(try list("-q") == [new.shortID, old.shortID, bare.shortID])
        #expect(try list("-q", "--no-trunc") == [new.fullID, old.fullID, bare.fullID])
    }

    @Test func `Digests are shown when that is asked for`() throws {
        try _ = commands.run("load", "-q", ImageFixture.ociGzip.path, "--platform", "linux/amd64")
        let lines = try list("--digests")
        #expect(lines[0].hasPrefix("REPOSITORY"))
        #expect(
            lines[0].split(separator: " ").map(String.init) == [
                "REPOSITORY", "TAG", "DIGEST", "IMAGE", "ID", "CREATED", "SIZE",
            ]
        )
        #expect(lines.contains { $0.contains("example.test/app ") && $0.contains(" sha256:") })
        #expect(lines.contains { $0.hasPrefix("busybox") && $0.contains(" <none> ") })
    }

    @Test func `JSON is one object a row`() throws {
        let lines = try list("--format", "json", "busybox:1.0")
        #expect(lines.count == 1)
        #expect(
            lines[0].replacing(/[0-9]+ years/, with: "NN years")
                == #"{"Containers":"N/A","CreatedAt":"1999-01-02 03:04:05 +0000 UTC","CreatedSince":"NN years ago","#
                + #""Digest":"\u003cnone\u003e","ID":"\#(old.shortID)","Repository":"busybox","SharedSize":"N/A","Size":"4B","#
                + #""Tag":"1.0","UniqueSize":"N/A","VirtualSize":"4B"}"#
        )
    }

    @Test func `Templates print their fields`() throws {
        #expect(
            try list("--format", row) == [
                "busybox:2.0 1.24kB", "busybox:1.0 4B", "example.test/team/app:latest 4B", "<none>:<none> 10B",
            ]
        )
        #expect(try list("--format", "table {{.Tag}}\\t{{.ID}}", "busybox").first == "TAG       IMAGE ID")
    }

    /// Filters and the names that are left.
    struct Choice: CustomStringConvertible {
        let arguments: [String]
        let names: [String]
        var description: String { arguments.joined(separator: " ") }
    }

    @Test(
        "Names and filters choose",
        arguments: [
            Choice(arguments: ["busybox"], names: ["busybox:2.0", "busybox:1.0"]),
            Choice(arguments: ["busybox:1.0"], names: ["busybox:1.0"]),
            Choice(arguments: ["docker.io/library/busybox:2.0"], names: ["busybox:2.0"]),
            Choice(arguments: ["absent"], names: []),
            Choice(arguments: ["-f", "dangling=true"], names: ["<none>:<none>"]),
            Choice(
                arguments: ["--filter", "dangling=false"],
                names: ["busybox:2.0", "busybox:1.0", "example.test/team/app:latest"]
            ),
            Choice(arguments: ["-f", "label=stage"], names: ["busybox:1.0", "example.test/team/app:latest"]),
            Choice(arguments: ["-f", "label=n=1"], names: ["busybox:2.0"]),
            Choice(arguments: ["-f", "label=k=v", "-f", "label=n"], names: ["busybox:2.0"]),
            Choice(arguments: ["-f", "label=n=2"], names: []),
            Choice(arguments: ["-f", "reference=busybox"], names: ["busybox:2.0", "busybox:1.0"]),
            Choice(arguments: ["-f", "reference=*:1.*"], names: ["busybox:1.0"]),
            Choice(arguments: ["-f", "reference=*/*/*"], names: ["example.test/team/app:latest"]),
            Choice(arguments: ["-f", "reference=b?syb[a-z]x:2.0"], names: ["busybox:2.0"]),
            Choice(
                arguments: ["-f", "reference=busybox:2.0", "-f", "reference=*/*/*"],
                names: ["busybox:2.0", "example.test/team/app:latest"]
            ),
            Choice(arguments: ["-f", "since=busybox:1.0"], names: ["busybox:2.0"]),
            Choice(arguments: ["-f", "before=busybox:1.0"], names: ["<none>:<none>"]),
            Choice(
                arguments: ["-f", "until=1999-02-01T00:00:00Z"],
                names: ["busybox:1.0", "example.test/team/app:latest", "<none>:<none>"]
            ),
            Choice(arguments: ["-a", "busybox:1.0"], names: ["busybox:1.0"]),
        ]
    )
    func filters(choice: Choice) throws {
        let run = try LayerctlRun(
            ["images", "--format", "{{.Repository}}:{{.Tag}}"] + choice.arguments,
            environment: ["LAYERCTL_ROOT": commands.root]
        )
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.lines == choice.names)
    }

    @Test func `An image is named in a filter by its ID as well, and a name comes first`() throws {
        #expect(try list("--format", "{{.Tag}}", "-f", "since=\(old.shortID)") == ["2.0"])
        #expect(try list("--format", "{{.Tag}}", "-f", "since=\(old.fullID)") == ["2.0"])
        _ = try commands.run("tag", "busybox:1.0", "beef")
        #expect(try list("--format", "{{.Tag}}", "-f", "since=beef") == ["2.0"])
    }

    @Test(
        "A filter that makes no sense is a usage error",
        arguments: [
            ("dangling", Int32(2)), ("dangling=maybe", 2), ("color=red", 2), ("until=tomorrow", 2), ("since=absent", 3),
            ("before=Bad Name", 2),
        ]
    )
    func badFilters(filter: String, status: Int32) throws {
        let run = try commands.run("images", "-f", filter)
        #expect(run.status == status, "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1)
    }

    @Test func `A damaged record is a warning beside the rest`() throws {
        let path = commands.root + "/images/sha256/\(old.hexID)/image.json"
        try TestFile.damage(path, at: 100)
        let run = try commands.run("images", "-q")
        #expect(run.status == 0)
        #expect(run.lines == [new.shortID, bare.shortID])
        #expect(run.errors == "layerctl: warning: \(path): damaged record: its checksum is another\n")
    }
}
