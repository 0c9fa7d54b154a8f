import LayerTestKit
import Testing

@Suite("Two trees of any kind are compared without loading them") struct TreeDiffTests {
    private static let base = ["etc/", "etc/passwd=root\n", "etc/old=1", "data/", "data/f=2", "keep=3", "l->keep"]
    private static let edits = ["etc/", "etc/.wh.old", "etc/passwd=user\n", "data/", "data/.wh..wh..opq", "data/new=4"]
    private static let listed = ["C /data", "D /data/f", "A /data/new", "C /etc", "D /etc/old", "C /etc/passwd"]

    private let store: CommandStore
    private let first: String
    private let second: String

    init() throws {
        store = try CommandStore()
        let images = (
            try MadeImage([Self.base], tags: ["app:1"]), try MadeImage([Self.base, Self.edits], tags: ["app:2"])
        )
        first = try store.archive(images.0, name: "first.tar")
        second = try store.archive(images.1, name: "second.tar")
    }

    private func load() throws {
        for file in [first, second] { #expect(try store.run("load", "-q", "-i", file).status == 0) }
    }

    @Test("Files, images of the store, and one of each give the same list; a layer is compared with what lies below it")
    func pairs() throws {
        #expect(try store.run("diff", first, second).lines == Self.listed)
        #expect(try store.run("diff", second + "@2").lines == Self.listed)
        #expect(try store.run("diff", first, first).output.isEmpty)
        try load()
        for pair in [["app:1", "app:2"], [first, "app:2"], ["app:1", second], ["app:2@1", "app:2"]] {
            #expect(try store.run("diff", pair[0], pair[1]).lines == Self.listed, "\(pair)")
        }
        #expect(try store.run("diff", "app:2@2").lines == Self.listed)
        let diffID = try store.run("inspect", "--format", "{{index .RootFS.Layers 1}}", "app:2").lines[0]
        #expect(try store.run("diff", diffID).lines == Self.listed)
        // A layer beside another tree is what it brings itself.
        let alone = try store.run("diff", "app:2@1", "app:2@2").lines
        #expect(alone.contains("D /keep") && alone.contains("D /data/f") && alone.contains("C /etc/passwd"))
    }

    @Test("A container and a directory are trees like others")
    func containersAndDirectories() throws {
        try load()
        #expect(try store.run("create", "--name", "box", "app:1").status == 0)
        #expect(try store.run("diff", "app:1", "box").output.isEmpty)
        #expect(try store.run("put", "-", "box:/etc/passwd", input: Array("user\n".utf8)).status == 0)
        #expect(try store.run("diff", "app:1", "box").lines == ["C /etc", "C /etc/passwd"])
        #expect(try store.run("diff", "--semantic", "box").lines == ["C /etc", "C /etc/passwd"])
        let tree = store.folder + "/tree"
        let line =
            "mkdir '\(tree)' && cd '\(tree)' && mkdir etc && chmod 755 . etc && printf 'root\\n' > etc/passwd && chmod 644 etc/passwd"
        #expect(try LayerctlRun(shell: line).status == 0)
        let found = try store.run("diff", "--semantic", "./tree", "app:1")
        #expect(found.status == 0, "\(found.errors)")
        #expect(found.lines.contains("A /keep") && found.lines.contains("A /etc/old"))
    }

    @Test("Another time alone is a change, but not for --semantic; the same length and time hide no content")
    func semantic() throws {
        let times = try (MadeImage([["a=1"]]), MadeImage([["a=2"]]), MadeImage([["a=1"]]))
        let one = try store.archive(times.0, name: "one.tar")
        let two = try store.archive(times.1, name: "two.tar")
        #expect(try store.run("diff", "--semantic", one, two).lines == ["C /a"])
        #expect(try store.run("diff", one, two).lines == ["C /a"])
        let script =
            "cd '\(store.folder)' && mkdir d e && printf 1 > d/a && printf 1 > e/a && touch -d @5 d/a && touch -d @9 e/a"
        #expect(try LayerctlRun(shell: script).status == 0)
        #expect(try store.run("diff", "./d", "./e").lines == ["C /a"])
        #expect(try store.run("diff", "--semantic", "./d", "./e").output.isEmpty)
    }

    @Test("--stat, --format json and --content show more of the same")
    func forms() throws {
        let sums = try store.run("diff", "--stat", first, second).lines
        #expect(sums.last == "1 added, 3 changed, 2 deleted; 7B before, 6B after")
        let json = try store.run("diff", "--format", "json", first, second).output
        let expected =
            #"{"added":["/data/new"],"changed":["/data","/etc","/etc/passwd"],"deleted":["/data/f","/etc/old"]}"#
        #expect(json == expected + "\n")
        let text = try store.run("diff", "--content", "/etc/passwd", first, second).output
        #expect(text == "--- a/etc/passwd\n+++ b/etc/passwd\n@@ -1 +1 @@\n-root\n+user\n")
        let added = try store.run("diff", "--content", "data/new", second + "@2").output
        #expect(added == "--- /dev/null\n+++ b/data/new\n@@ -0,0 +1 @@\n+4\n\\ No newline at end of file\n")
    }

    @Test("What cannot be compared says why")
    func refusals() throws {
        try load()
        let alone = try store.run("diff", "app:1")
        #expect(alone.status == 2 && alone.errors.contains("app:1@N"))
        #expect(try store.run("diff", first).status == 2)
        #expect(try store.run("diff", "app:1", "nobody").status == 3)
        #expect(try store.run("diff", "app:1@7").status == 3)
        #expect(try store.run("diff", "app:1@0").status == 3)
        #expect(try store.run("diff", "--content", "/nothing", first, second).status == 3)
        #expect(try store.run("diff", "--content", "/etc", first, second).status == 1)
        #expect(try store.run("diff", "--content", "/x", "--stat", first, second).status == 2)
    }
}
