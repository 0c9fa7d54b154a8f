import LayerTestKit
import Testing

/// `create`, `rename`, `rm`, and what `rmi` says of an image in use.
@Suite struct ContainerCommandTests {
    private let commands: CommandStore
    private let image: MadeImage

    init() throws {
        commands = try CommandStore()
        image = try .sample(tags: ["app:1"])
        try commands.load(image)
    }

    private func run(_ arguments: [String]) throws -> LayerctlRun {
        try LayerctlRun(arguments, environment: ["LAYERCTL_ROOT": commands.root], directory: commands.folder)
    }

    private func names() throws -> [String] {
        try commands.run("ps", "-a", "--format", "{{.Names}}").lines
    }

    @Test("The ID is printed, whatever the image is named by", arguments: [["create"], ["container", "create"]])
    func create(verb: [String]) throws {
        for name in ["app:1", image.shortID, image.fullID] {
            let run = try run(verb + [name])
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.errors.isEmpty)
            #expect(run.output.wholeMatch(of: /[0-9a-f]{64}\n/) != nil, "\(run.output)")
        }
        #expect(
            try commands.run("ps", "-a", "--format", "{{.Image}}").lines == [image.shortID, image.shortID, "app:1"]
        )
    }

    @Test func `The image of a file is loaded first, quietly`() throws {
        let (one, two) = (try MadeImage.single("1", tags: ["one:1", "one:2"]), try MadeImage.single("2", tags: []))
        let file = try commands.archive(one, two)
        let first = try commands.run("create", "--name", "first", file)
        #expect(first.status == 0 && first.errors.isEmpty && first.lines.count == 1, "\(first.errors)")
        #expect(try commands.run("create", "--name", "second", file + ":@1").status == 0)
        let rows = try commands.run("ps", "-a", "--format", "{{.Names}} {{.Image}}").lines
        #expect(rows == ["second \(two.shortID)", "first one:1"])
        #expect(try commands.run("create", commands.file("bad.tar", [1, 2, 3])).status == 5)
    }

    @Test func `Labels come from the command line and from files, the command line's above`() throws {
        let file = try commands.file("labels", Array("# comment\n\na=file\n  b=x=y\nbare\nc=file\r\n".utf8))
        let run = try commands.run(
            "create",
            "--label-file",
            file,
            "-l",
            "a=line",
            "--label",
            "empty",
            "-l",
            "n=2",
            "app:1"
        )
        #expect(run.status == 0, "\(run.errors)")
        let labels = try commands.run("ps", "-a", "--format", "{{.Labels}}").lines
        #expect(labels == ["a=line,b=x=y,bare=,c=file,empty=,k=v,n=2"])
    }

    @Test func `The ID is written to a file that is not there yet`() throws {
        let path = commands.folder + "/id"
        let id = try commands.run("create", "--cidfile", "id", "app:1").lines[0]
        #expect(try TestFile.read(path) == Array(id.utf8))
        let again = try commands.run("create", "--cidfile", path, "app:1")
        #expect(again.status == 4)
        #expect(again.errors.contains("container ID file found, make sure the other container isn't running or delete"))
        #expect(try commands.run("create", "--cidfile", "none/id", "app:1").status == 1)
        #expect(try commands.run("create", "--cidfile", "other", "absent").status == 3)
        #expect(!TestFile.exists(commands.folder + "/other"))
        #expect(try names().count == 1)
    }

    /// A command that fails, and how.
    struct Failure: CustomStringConvertible {
        let arguments: [String]
        let status: Int32
        let words: String
        var description: String { arguments.joined(separator: " ") }
    }

    @Test(
        "What cannot be done is said in Docker's words",
        arguments: [
            Failure(arguments: ["create", "absent"], status: 3, words: "No such image: absent:latest"),
            Failure(
                arguments: ["create", "--name", "web", "app:1"],
                status: 4,
                words: "Conflict. The container name \"/web\" is already in use by container \""
            ),
            Failure(
                arguments: ["create", "--name", "w", "app:1"],
                status: 2,
                words: "Invalid container name (w), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"
            ),
            Failure(arguments: ["create", "-l", "=x", "app:1"], status: 2, words: "invalid label \"=x\": empty name"),
            Failure(arguments: ["create", "--label-file", "none", "app:1"], status: 3, words: "No such file"),
            Failure(
                arguments: ["create", "--platform", "plan9/mips", "app:1"],
                status: 3,
                words: "does not match the specified platform: wanted plan9/mips"
            ),
            Failure(arguments: ["create", "--nothing", "app:1"], status: 2, words: "Unknown option '--nothing'"),
            Failure(arguments: ["rename", "absent", "x1"], status: 3, words: "No such container: absent"),
            Failure(arguments: ["rename", "web", ""], status: 2, words: "Neither old nor new names may be empty"),
            Failure(
                arguments: ["rename", "web", "web"],
                status: 2,
                words: "Renaming a container with the same name as its current name"
            ),
            Failure(
                arguments: ["rename", "web", "db"],
                status: 4,
                words: "Error when allocating new name: Conflict. The container name \"/db\" is already in use"
            ),
            Failure(arguments: ["rm", "absent"], status: 3, words: "No such container: absent"),
        ]
    )
    func failures(failure: Failure) throws {
        for name in ["web", "db"] { _ = try run(["create", "--name", name, "app:1"]) }
        let run = try run(failure.arguments)
        #expect(run.status == failure.status, "\(run.errors)")
        #expect(run.output.isEmpty)
        #expect(run.errors.contains(failure.words), "\(run.errors)")
        #expect(try names() == ["db", "web"])
    }

    @Test func `An empty name is as good as none`() throws {
        #expect(try commands.run("create", "--name", "", "app:1").status == 0)
        #expect(try names().count == 1)
    }

    @Test("A container gets another name", arguments: [["rename"], ["container", "rename"]])
    func rename(verb: [String]) throws {
        let id = try commands.run("create", "--name", "web", "app:1").lines[0]
        let first = try run(verb + ["web", "/db"])
        #expect(first.status == 0 && first.output.isEmpty && first.errors.isEmpty)
        #expect(try names() == ["db"])
        #expect(try run(verb + [String(id.prefix(12)), "web"]).status == 0)
        #expect(try names() == ["web"])
    }

    @Test(
        "What is removed is printed as it was given",
        arguments: [["rm"], ["container", "rm"], ["container", "remove"]]
    )
    func remove(verb: [String]) throws {
        let ids = try ["one", "two", "three"].map { try commands.run("create", "--name", $0, "app:1").lines[0] }
        let look = try run(verb + ["--dry-run", "one", "absent"])
        #expect(look.lines == ["one"] && look.status == 3)
        #expect(try names() == ["three", "two", "one"])
        let short = String(ids[1].prefix(10))
        let removal = try run(verb + ["-v", "one", "absent", short, "/three"])
        #expect(removal.status == 3)
        #expect(removal.lines == ["one", short, "/three"])
        #expect(removal.errors == "layerctl: No such container: absent\n")
        #expect(try names() == [])
    }

    @Test func `The status is that of the worst failure, and a damaged container goes`() throws {
        let id = try commands.run("create", "--name", "web", "app:1").lines[0]
        try TestFile.damage("\(commands.root)/containers/\(id)/container.json", at: 90)
        let lines = try commands.run("ps", "-a")
        #expect(lines.status == 0 && lines.lines.count == 1)
        #expect(
            lines.errors.hasPrefix(
                "layerctl: warning: \(commands.root)/containers/\(id)/container.json: damaged record"
            )
        )
        #expect(try commands.run("container", "inspect", "absent", id).status == 5)
        #expect(try commands.run("rm", id).lines == [id])
        #expect(try commands.run("ps", "-a").errors.isEmpty)
    }

    @Test("A mounted container is said to be so, and goes by force", Need.root, Need.tool("mount"))
    func mounted() throws {
        let id = try commands.run("create", "--name", "web", "app:1").lines[0]
        let merged = "\(commands.root)/containers/\(id)/merged"
        let line = """
            set -e
            data=$("$layerctl" inspect -f '{{with .GraphDriver.Data}}lowerdir={{.LowerDir}},upperdir={{.UpperDir}},workdir={{.WorkDir}}{{end}}' web)
            mount -t overlay -o "$data" layerctl-test "$merged"
            printf 12345 > "$merged/new"
            """
        let environment = ["LAYERCTL_ROOT": commands.root, "merged": merged]
        let mount = try LayerctlRun(shell: line, environment: environment)
        #expect(mount.status == 0, "\(mount.errors)")
        let format = "{{.State}} {{.Status}} {{.Size}}"
        #expect(try commands.run("ps", "-a", "--format", format).lines == ["mounted Mounted 5B (virtual 1.24kB)"])
        #expect(try commands.run("ps", "-a", "-q", "-f", "status=mounted").lines == [String(id.prefix(12))])
        #expect(try commands.run("inspect", "-f", "{{.State.Status}}", "web").lines == ["mounted"])
        let refused = try commands.run("rm", "web")
        #expect(refused.status == 4)
        #expect(refused.errors == "layerctl: container is mounted at \(merged); umount it first or use -f\n")
        let forced = try commands.run("rm", "-f", "web")
        #expect(forced.status == 0 && forced.lines == ["web"], "\(forced.errors)")
        #expect(try TestFile.list(commands.root + "/containers") == [])
    }

    @Test func `An image in use stays, and loses its names by force`() throws {
        let id = try commands.run("create", "app:1").lines[0].prefix(12)
        let refused = try commands.run("rmi", "app:1")
        #expect(refused.status == 4)
        #expect(
            refused.errors == "layerctl: conflict: unable to remove repository reference \"app:1\" (must force) - "
                + "container \(id) is using its referenced image \(image.shortID)\n"
        )
        let forced = try commands.run("rmi", "-f", "app:1")
        #expect(forced.status == 0)
        #expect(forced.output == "Untagged: app:1\n")
        #expect(forced.errors == "layerctl: warning: image \(image.fullID) stays: container \(id) uses it\n")
        #expect(try commands.run("ps", "-a", "--format", "{{.Image}}").lines == [image.shortID])
        #expect(try commands.run("rmi", "-f", image.shortID).status == 4)
        _ = try commands.run("rm", String(id))
        #expect(try commands.run("rmi", image.shortID).lines.first == "Deleted: \(image.fullID)")
    }
}
