import LayerTestKit
import Testing

/// What `volume …` prints and refuses (contract 3.8; the lines are those of Docker 28.2 with a daemon 20.10).
@Suite struct VolumeCommandTests {
    private let commands: CommandStore

    init() throws { commands = try CommandStore() }

    private func data(_ volume: String) -> String { "\(commands.root)/volumes/\(volume)/_data" }

    private func make(_ names: String...) throws {
        for name in names { #expect(try commands.run("volume", "create", name).output == name + "\n") }
    }

    /// All that `find` tells of a volume's files, times in whole seconds as a tar has them, and their extended attributes.
    private func listing(_ volume: String) throws -> String {
        let run = try LayerctlRun(
            shell: """
                cd '\(data(volume))' && find . -printf '%p %y %m %U:%G %s %n %l %Ts\\n' | grep -v '^[.] d .*' | sort; \
                stat -c '%a %u:%g' .; getfattr -R -h -d . 2>/dev/null; find . -type f -exec cat {} +
                """
        )
        #expect(run.status == 0, "\(run.errors)")
        return run.output
    }

    /// Gives a volume files of several kinds.
    private func fill(_ volume: String) throws {
        let run = try LayerctlRun(
            shell: """
                cd '\(data(volume))' && mkdir sub && echo hi > sub/f && ln sub/f hard && ln -s /etc/passwd link && \
                mkfifo pipe && printf x > $'odd\\xffname' && chmod 4751 sub/f && chmod 750 sub && touch -h -d @1000000000 link sub/f
                """
        )
        #expect(run.status == 0, "\(run.errors)")
    }

    /// Arguments of `volume create`, and what is said of them.
    struct RefusedCase: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let message: String
        var status: Int32 = 2

        var testDescription: String { arguments.joined(separator: " ") }

        static let all = [
            RefusedCase(
                arguments: ["a"],
                message: "create a: volume name is too short, names should be at least two alphanumeric characters"
            ),
            RefusedCase(
                arguments: ["../x"],
                message:
                    #"create ../x: "../x" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" "#
                    + "are allowed. If you intended to pass a host directory, use absolute path"
            ),
            RefusedCase(
                arguments: ["one", "-d", "other"],
                message: #"create one: error looking up volume plugin other: plugin "other" not found"#,
                status: 3
            ),
            RefusedCase(
                arguments: ["z1", "-o", "size=1m"],
                message: "create z1: quota size requested but no quota support"
            ),
            RefusedCase(arguments: ["z1", "-o", "size=abc"], message: "create z1: invalid size: 'abc'"),
            RefusedCase(arguments: ["z1", "-o", "foo=bar"], message: #"create z1: invalid option: "foo""#),
            RefusedCase(
                arguments: ["z1", "-o", "type=x"],
                message: #"create z1: missing required option: "device""#
            ),
        ]
    }

    @Test("What no volume can be is refused in Docker's words", arguments: RefusedCase.all)
    func refused(_ test: RefusedCase) throws {
        try make("one")
        let arguments = ["--root", commands.root, "volume", "create"] + test.arguments
        let run = try LayerctlRun(arguments)
        #expect(run.errors == "layerctl: \(test.message)\n")
        #expect(run.status == test.status)
        #expect(try commands.run("volume", "ls", "-q").lines == ["one"])
    }

    @Test func `Lists are Docker's, numbers in names count as numbers`() throws {
        try make("b10", "b9", "one")
        #expect(try commands.run("volume", "create", "two", "--label", "k=v").lines == ["two"])
        #expect(try commands.run("volume", "ls", "--format", #"{{.Label "k"}}"#).lines.contains("v"))
        let table = ["DRIVER    VOLUME NAME", "local     b9", "local     b10", "local     one", "local     two"]
        #expect(try commands.run("volume", "ls").lines == table)
        let json =
            #"{"Availability":"N/A","Driver":"local","Group":"N/A","Labels":"k=v","Links":"N/A","Mountpoint":"\#(data("two"))","#
            + #""Name":"two","Scope":"local","Size":"N/A","Status":"N/A"}"#
        #expect(try commands.run("volume", "ls", "--format", "json", "-f", "name=two").lines == [json])
        try TestFile.write(Array("12345".utf8), to: data("one") + "/file")
        let sizes = try commands.run("volume", "ls", "-s", "-f", "name=one").lines
        #expect(sizes.last?.split(separator: " ").map(String.init) == ["local", "one", "0", "5B", "1"])
    }

    @Test(
        "Filters are Docker's",
        arguments: [
            ("dangling=1", ["b9", "b10", "two"]), ("dangling=false", []), ("label=k", ["b10", "two"]),
            ("label=k=v", ["two"]), ("label=k=w", []), ("name=^b", ["b9", "b10"]), ("name=w", ["two"]),
            ("name=b(9|1.)$", ["b9", "b10"]), ("name=b[", []),
            ("driver=local", ["b9", "b10", "two"]), ("driver=loc", []),
        ]
    )
    func filters(filter: String, names: [String]) throws {
        try make("b9")
        _ = try commands.run("volume", "create", "b10", "--label", "k")
        _ = try commands.run("volume", "create", "two", "--label", "k=v")
        #expect(try commands.run("volume", "ls", "-q", "-f", filter).lines == names)
        for (wrong, said) in [("foo=1", "foo"), ("dangling=x", "dangling=x"), ("label!=k", "label!")] {
            let run = try commands.run("volume", "ls", "-f", wrong)
            #expect(run.status == 2 && run.errors == "layerctl: invalid filter '\(said)'\n")
        }
    }

    @Test func `Inspect prints Docker's document`() throws {
        try make("one")
        let options = ["type=tmpfs", "device=tmpfs", "o=size=1m"].flatMap { ["-o", $0] }
        let arguments = ["--root", commands.root, "volume", "create", "two", "--label", "k=v"] + options
        #expect(try LayerctlRun(arguments).status == 0)
        let run = try commands.run("volume", "inspect", "none", "two", "--format", "json")
        #expect(run.status == 3 && run.errors == "layerctl: get none: no such volume\n")
        let time = /20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z/
        #expect(
            run.lines.map { $0.replacing(time, with: "TIME") } == [
                #"[{"CreatedAt":"TIME","Driver":"local","Labels":{"k":"v"},"Mountpoint":"\#(data("two"))","Name":"two","#
                    + #""Options":{"device":"tmpfs","o":"size=1m","type":"tmpfs"},"Scope":"local"}]"#
            ]
        )
        let template = "{{.Name}} {{.Options}} {{.Labels}} {{.Scope}} {{.Status}}"
        let lines = try commands.run("volume", "inspect", "-f", template, "one", "two").lines
        #expect(
            lines == ["one map[] map[] local map[]", "two map[device:tmpfs o:size=1m type:tmpfs] map[k:v] local map[]"]
        )
    }

    @Test func `Rm and prune remove what is unused, prune only what nobody named`() throws {
        try make("one", "kept")
        let anonymous = try commands.run("volume", "create").lines[0]
        let run = try commands.run("volume", "rm", "none", "one")
        #expect(run.status == 3 && run.lines == ["one"] && run.errors == "layerctl: get none: no such volume\n")
        #expect(try commands.run("volume", "rm", "-f", "none").output == "none\n")
        try TestFile.write([UInt8](repeating: 1, count: 36), to: data(anonymous) + "/file")
        let asked = try commands.run("volume", "prune", input: Array("n\n".utf8))
        #expect(asked.status == 0)
        #expect(
            asked.output
                == "WARNING! This will remove anonymous local volumes not used by at least one container.\n"
                + "Are you sure you want to continue? [y/N] "
        )
        let all = ["kept", anonymous].sorted()
        #expect(try commands.run("volume", "ls", "-q").lines.sorted() == all)
        let pruned = try commands.run("volume", "prune", "-f")
        #expect(pruned.output == "Deleted Volumes:\n\(anonymous)\n\nTotal reclaimed space: 36B\n")
        #expect(
            try commands.run("volume", "prune", "-af", "--filter", "label=x").output == "Total reclaimed space: 0B\n"
        )
        #expect(
            try commands.run("volume", "prune", "-a", input: Array("y\n".utf8)).output.hasSuffix(
                "kept\n\nTotal reclaimed space: 0B\n"
            )
        )
        #expect(try commands.run("volume", "ls", "-q").lines.isEmpty)
    }

    @Test func `A clone, an export and a snapshot give all files back`() throws {
        try make("one")
        try fill("one")
        let before = try listing("one")
        #expect(try commands.run("volume", "clone", "one", "copy").output == "copy\n")
        #expect(try listing("copy") == before)
        #expect(try commands.run("volume", "export", "one", "-o", commands.folder + "/out.tar").status == 0)
        #expect(try commands.run("volume", "import", "back", commands.folder + "/out.tar").status == 0)
        #expect(try listing("back") == before)
        let diffID = try commands.run("volume", "snapshot", "one").lines[0]
        #expect(try commands.run("volume", "snapshot", "one").lines == [diffID])
        try TestFile.write(Array("changed".utf8), to: data("one") + "/sub/f")
        try TestFile.remove(data("one") + "/link")
        try TestFile.write([], to: data("one") + "/new")
        let changes = try commands.run("volume", "diff", "one", diffID).lines
        #expect(changes == ["C /hard", "D /link", "A /new", "C /sub", "C /sub/f"])
        #expect(try commands.run("volume", "restore", "one", diffID).status == 0)
        #expect(try listing("one") == before)
        #expect(try commands.run("volume", "diff", "one", diffID).output.isEmpty)
        #expect(try commands.run("volume", "rm", "one").status == 0)
        #expect(try commands.run("volume", "restore", "again", String(diffID.dropFirst(7).prefix(12))).status == 0)
        #expect(try listing("again") == before)
        let names = try commands.run("volume", "snapshots", "--format", "{{.Snapshot}}").lines
        #expect(names.count == 2 && names.allSatisfy { $0.hasPrefix("volume-snapshot/") && $0.hasSuffix(":one") })
        let record =
            try "\(commands.root)/images/sha256/" + commands.run("images", "-q", "--no-trunc").lines[0].dropFirst(7)
            + "/image.json"
        let bytes = try TestFile.read(record)
        try TestFile.write(Array("damaged".utf8), to: record)
        let listing = try commands.run("volume", "snapshots", "-q")
        #expect(listing.status == 0 && listing.lines.count == 1)
        #expect(listing.errors.contains("warning") && listing.errors.contains("image.json"))
        try TestFile.write(bytes, to: record)
        for name in names { #expect(try commands.run("volume", "rmsnapshot", name).status == 0) }
        #expect(try commands.run("images", "-q").output.isEmpty)
        #expect(try commands.run("volume", "restore", "again", diffID).status == 3)
    }

    @Test func `Nothing that is imported leaves the volume`() throws {
        let run = try LayerctlRun(
            shell: """
                cd '\(commands.folder)' && mkdir outside in && ln -s '\(commands.folder)/outside' in/way && echo no > in/file && \
                tar -cf hostile.tar -C in way && tar -rf hostile.tar --transform 's,^,way/,' -C in file && \
                tar -cPf dots.tar --transform 's,^,../../,' -C in file
                """
        )
        #expect(run.status == 0, "\(run.errors)")
        try make("one")
        _ = try commands.run("volume", "import", "one", commands.folder + "/hostile.tar")
        #expect(try TestFile.list(commands.folder + "/outside") == [])
        let dots = try commands.run("volume", "import", "one", commands.folder + "/dots.tar")
        #expect(dots.status == 5)
        #expect(try TestFile.list(commands.root + "/volumes/one") == ["_data", "volume.json"])
        #expect(try commands.run("volume", "import", "two", commands.folder + "/dots.tar").status == 5)
        #expect(try commands.run("volume", "ls", "-q").lines == ["one"])
        #expect(try TestFile.list(commands.root + "/staging") == [])
    }

    @Test("What the options ask for is mounted at use, once, and goes with the volume", Need.root)
    func mounts() throws {
        let run = try LayerctlRun(
            shell: """
                set -e; cd '\(commands.folder)'; export LAYERCTL_ROOT='\(commands.root)'; mkdir in; echo hi > in/file; tar -cf in.tar -C in file; \
                "$layerctl" volume create tmp -o type=tmpfs -o device=tmpfs -o o=size=1m,mode=700; \
                "$layerctl" volume create host -o type=none -o device="$PWD/in" -o o=bind; \
                for n in 1 2; do "$layerctl" volume import tmp in.tar; "$layerctl" volume export host | tar -t; done; \
                for v in tmp host; do findmnt -n -o FSTYPE "$LAYERCTL_ROOT/volumes/$v/_data" | wc -l; done; \
                "$layerctl" volume rm tmp host; ls in; ls "$LAYERCTL_ROOT/volumes"; grep -c "$PWD" /proc/mounts || true
                """
        )
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.lines.prefix(6) == ["tmp", "host", "./", "./file", "./", "./file"])
        #expect(run.lines.dropFirst(6).prefix(4) == ["1", "1", "tmp", "host"])
        #expect(run.lines.suffix(2) == ["file", "0"] && run.lines.count == 12)
    }
}
