import Foundation
import ImageSpec
import LayerSystem
import LayerTestKit
import Testing

/// From a container to an image on the command line: mounted or checked out, edited, asked and committed.
@Suite("What is written in a container becomes an image", .serialized) struct ContainerChangeTests {
    /// The same whoever commits it and whichever driver ran: bytes of the tar that the edits below must become.
    private static let diffID = "sha256:f8611473cb7ef52c159fb7de62c5b26b4772f39818df33b6a2afb553124b7507"
    private static let environment = ["SOURCE_DATE_EPOCH": "1000000000"]
    private static let isMountable = getuid() == 0 || (try? UserNamespace.probe()) != nil

    private let store: CommandStore

    init() throws {
        store = try CommandStore()
        let base = ["etc/", "etc/passwd=root", "etc/old=1", "data/", "data/sub/", "data/sub/f=2", "keep=3", "l->keep"]
        try store.load(MadeImage([base], tags: ["app:1"]))
        #expect(try store.run("create", "--name", "box", "app:1").status == 0)
    }

    private func edit(_ path: String) throws {
        let line = """
            set -e; cd "$1"; printf more >> etc/passwd; rm etc/old; mv keep kept; rm -r data; mkdir data; printf x > data/new
            ln data/new link; ln -sfn kept l; chmod 600 kept; mkfifo pipe
            """
        let run = try LayerctlRun(shell: "set -- '\(path)'; \(line)")
        #expect(run.status == 0, "\(run.errors)")
    }

    @Test("A mounted container", .enabled(if: isMountable, "needs root or user namespaces"))
    func mounted() throws { try sameLayer(driver: getuid() == 0 ? "overlay" : "userns") }

    @Test("A container that is checked out")
    func checkedOut() throws { try sameLayer(driver: "copy") }

    /// The layer is the same whichever driver ran.
    private func sameLayer(driver: String) throws {
        let mount = try store.run("mount", "--driver", driver, "box")
        let path = try #require(mount.lines.first, "\(mount.errors)")
        try edit(path)
        let listed = [
            "C /data", "A /data/new", "D /data/sub", "C /etc", "D /etc/old", "C /etc/passwd", "D /keep", "A /kept",
            "C /l", "A /link", "A /pipe",
        ]
        #expect(try store.run("diff", "box").lines == listed)
        #expect(try store.run("umount", "box").lines == ["box"])
        #expect(try store.run("diff", "box").lines == listed)
        let commit = try store.run("commit", "-m", "text", "box", "made:1", environment: Self.environment)
        #expect(commit.status == 0 && commit.lines.count == 1, "\(commit.errors)")
        let layers = try store.run("inspect", "--format", "{{index .RootFS.Layers 1}}", "made:1").lines
        #expect(layers == [Self.diffID])
        #expect(try store.run("history", "--format", "{{.Comment}} {{.Size}}", "made:1").lines.first == "text 14B")
        #expect(try store.run("rm", "box").lines == ["box"])
    }

    @Test("A container that changed nothing gives an image without a further layer")
    func nothing() throws {
        let before = try store.run("inspect", "--format", "{{len .RootFS.Layers}}", "app:1").output
        #expect(try store.run("commit", "box", "same:1").status == 0)
        #expect(try store.run("inspect", "--format", "{{len .RootFS.Layers}}", "same:1").output == before)
        #expect(try store.run("history", "--format", "{{.Size}}", "same:1").lines.first == "0B")
    }

    @Test("Nothing is written by a dry run, and globs choose what is committed")
    func selection() throws {
        for path in ["/etc/new", "/var.log", "/tmp"] {
            #expect(try store.run("put", "-", "box:\(path)", input: Array("x".utf8)).status == 0)
        }
        let before = try store.run("images", "-aq").output
        let dry = try store.run("commit", "--dry-run", "--exclude", "*.log", "--exclude", "/tmp", "box")
        #expect(dry.lines.dropLast() == ["C /etc", "A /etc/new"])
        let chosen = try store.run("commit", "--dry-run", "--include", "etc/*", "box")
        #expect(chosen.lines.dropLast() == dry.lines.dropLast())
        #expect(try store.run("images", "-aq").output == before)
        let sums = try store.run("diff", "--stat", "box").lines.last
        #expect(sums == "3 added, 1 changed, 0 deleted; 0B before, 3B after")
    }

    @Test("--squash gives one layer with the same tree, --move empties the container, --iidfile gets the ID")
    func forms() throws {
        #expect(try store.run("put", "-", "box:/etc/new", input: Array("x".utf8)).status == 0)
        #expect(try store.run("rm", "-r", "box:/data").status == 0)
        let squashed = try store.run("commit", "--squash", "box", "flat:1")
        #expect(squashed.status == 0, "\(squashed.errors)")
        #expect(try store.run("inspect", "--format", "{{len .RootFS.Layers}}", "flat:1").output == "1\n")
        let tree = try store.run("export", "--format", "mtree", "box").output
        #expect(try store.run("export", "--format", "mtree", "flat:1").output == tree)
        let file = store.folder + "/id"
        let moved = try store.run("commit", "--move", "--iidfile", file, "box", "moved:1")
        #expect(moved.status == 0, "\(moved.errors)")
        #expect(try TestFile.read(file) == Array(moved.lines[0].utf8))
        #expect(try store.run("diff", "box").output.isEmpty)
        #expect(try store.run("export", "--format", "mtree", "box").output == tree)
        #expect(try store.run("container", "inspect", "--format", "{{.Image}}", "box").lines == moved.lines)
        // What is written now must not reach the layer that has the files.
        #expect(try store.run("put", "-", "box:/etc/new", input: Array("other".utf8)).status == 0)
        #expect(try store.run("export", "--format", "mtree", "moved:1").output == tree)
    }

    @Test("A commit that moves and comes to nothing leaves the files their times, whatever SOURCE_DATE_EPOCH says")
    func failedMove() throws {
        #expect(try store.run("put", "-", "box:/etc/new", input: Array("x".utf8)).status == 0)
        let tree = try store.run("export", "--format", "mtree", "box").output
        // Nothing can be named where a file stands in the place of the directory.
        try TestFile.write([], to: store.root + "/names/docker.io/library/moved")
        let moved = try store.run("commit", "--move", "box", "moved:1", environment: Self.environment)
        #expect(moved.status == 1, "\(moved.errors)")
        #expect(try store.run("export", "--format", "mtree", "box").output == tree)
    }

    @Test("Changes that make no sense are refused before anything is written")
    func refusals() throws {
        #expect(try store.run("commit", "-c", "RUN x", "box").status == 2)
        #expect(try store.run("commit", "--clear", "Nothing", "box").status == 2)
        #expect(try store.run("commit", "box", "BAD NAME").status == 2)
        #expect(try store.run("commit", "nobody").status == 3)
        #expect(try store.run("diff", "nobody").status == 3)
        #expect(try store.run("put", "-", "box:/.wh.x", input: []).status == 0)
        let marker = try store.run("commit", "box")
        #expect(marker.status != 0 && marker.errors.contains("/.wh.x"))
        #expect(try store.run("images", "-aq").lines.count == 1)
        #expect(try store.run("umount", "box").status == 3)
        #expect(try store.run("mount", "--driver", "nothing", "box").status == 2)
        #expect(try store.run("mount", "nobody").status == 3)
    }
}
