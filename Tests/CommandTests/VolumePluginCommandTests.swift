import LayerTestKit
import Testing

/// Volumes of plugins in every verb that takes volumes; the messages and calls are those of Docker where Docker has the verb.
@Suite(PluginServer.need)
struct VolumePluginCommandTests {
    private let commands: CommandStore
    private let server: PluginServer

    init() throws {
        commands = try CommandStore()
        server = try PluginServer()
    }

    private func run(_ arguments: String...) throws -> LayerctlRun { try run(arguments) }

    private func run(_ arguments: [String], directories: String? = nil) throws -> LayerctlRun {
        let environment = [
            "LAYERCTL_ROOT": commands.root, "LAYERCTL_PLUGIN_DIRS": directories ?? server.directory,
        ]
        return try LayerctlRun(arguments, environment: environment, directory: commands.folder)
    }

    private func succeed(_ arguments: String...) throws -> LayerctlRun {
        let run = try run(arguments)
        #expect(run.status == 0, "\(run.errors)")
        return run
    }

    /// The calls since the last time, without what is another each time.
    private func calls() throws -> [String] {
        try server.calls().map { $0.replacing(/"ID": "[0-9a-f]{64}"/, with: #""ID": 64"#) }
    }

    @Test func `A plugin's volume is made, shown and removed`() throws {
        #expect(try succeed("volume", "create", "-d", "keeper", "-o", "k=v", "--label", "l=m", "one").lines == ["one"])
        #expect(
            try calls() == [
                #"Get {"Name": "one"}"#, #"Create {"Name": "one", "Opts": {"k": "v"}}"#, #"Get {"Name": "one"}"#,
            ]
        )
        // As good as made, as with Docker.
        #expect(try succeed("volume", "create", "-d", "keeper", "one").lines == ["one"])
        _ = try succeed("volume", "create", "two")
        _ = try calls()
        let format = "{{.Driver}} {{.Name}} {{.Scope}} {{.Labels}}"
        #expect(try succeed("volume", "ls", "--format", format).lines == ["keeper one global l=m", "local two local "])
        #expect(try calls() == ["List {}", "Capabilities {}"])
        #expect(try succeed("volume", "ls", "-q", "-f", "driver=keeper").lines == ["one"])
        _ = try calls()
        let document = try succeed("volume", "inspect", "-f", "{{json .}}", "one").output
        #expect(
            document == #"{"CreatedAt":"2020-02-02T02:02:02Z","Driver":"keeper","Labels":{"l":"m"},"Mountpoint":"","#
                + #""Name":"one","Options":{"k":"v"},"Scope":"global","Status":{"users":0}}"# + "\n"
        )
        #expect(try calls() == [#"Get {"Name": "one"}"#, #"Path {"Name": "one"}"#, "Capabilities {}"])
        #expect(try succeed("volume", "rm", "one").lines == ["one"])
        #expect(try calls() == [#"Get {"Name": "one"}"#, #"Remove {"Name": "one"}"#])
        #expect(try succeed("volume", "ls", "-q").lines == ["two"])
    }

    @Test("What a plugin cannot do is refused in clear words")
    func refused() throws {
        _ = try succeed("volume", "create", "-d", "keeper", "one")
        _ = try succeed("volume", "create", "two")
        let lookup = #"error looking up volume plugin no: plugin "no" not found"#
        let unique = "volume name must be unique"
        let cases: [([String], Int32, String)] = [
            (["volume", "create", "one"], 4, "create one: \(unique)"),
            (["volume", "create", "-d", "keeper", "two"], 4, "create two: \(unique)"),
            (["volume", "create", "-d", "no", "three"], 3, "create three: \(lookup)"),
            (
                ["volume", "create", "-d", "keeper", "-o", "refuse=1", "bad"], 1,
                #"create bad: plugin "keeper": VolumeDriver.Create: not \x1b[31mthis\x1b[0m; one"#
            ),
            (
                ["volume", "rename", "one", "uno"], 4,
                #"rename one: plugin "keeper" has it under this name, and cannot give it another one"#
            ),
            (["volume", "rm", "none"], 3, "get none: no such volume"),
            (["volume", "inspect", "none"], 3, "get none: no such volume"),
        ]
        for (arguments, status, message) in cases {
            let run = try run(arguments)
            #expect(run.errors == "layerctl: \(message)\n" && run.status == status, "\(arguments): \(run.errors)")
        }
        #expect(try succeed("volume", "ls", "-q").lines == ["one", "two"])
    }

    @Test func `Copies, archives, snapshots and differences of a plugin's volume mount it, and let it go`() throws {
        _ = try succeed("volume", "create", "-d", "keeper", "one")
        try TestFile.write(Array("1".utf8), to: server.files("one") + "/file")
        _ = try calls()
        let uses = [
            #"Get {"Name": "one"}"#, #"Mount {"Name": "one", "ID": 64}"#, #"Unmount {"Name": "one", "ID": 64}"#,
        ]
        #expect(try succeed("volume", "clone", "one", "two").lines == ["two"])
        #expect(try calls() == uses)
        #expect(try succeed("volume", "export", "-o", commands.folder + "/one.tar", "one").lines.isEmpty)
        #expect(try calls() == uses)
        let snapshot = try succeed("volume", "snapshot", "one").lines[0]
        #expect(try calls() == uses)
        try TestFile.write(Array("2".utf8), to: server.files("one") + "/more")
        #expect(try succeed("volume", "diff", "one", snapshot).output.contains("more"))
        #expect(try calls() == uses)
        _ = try succeed("volume", "create", "-d", "keeper", "three")
        _ = try calls()
        _ = try succeed("volume", "import", "three", commands.folder + "/one.tar")
        #expect(try TestFile.read(server.files("three") + "/file") == Array("1".utf8))
        #expect(try calls().last == #"Unmount {"Name": "three", "ID": 64}"#)
        #expect(try run("volume", "restore", "one", snapshot).errors.contains("keeper mounts them"))
        #expect(try TestFile.read(commands.root + "/volumes/two/_data/file") == Array("1".utf8))
    }

    @Test func `A container gets a plugin's volume, filled, and cp and cat see it`() throws {
        var image = try MadeImage([["data/", "data/f=image"]], tags: ["app:1"])
        image.runConfig = #"{"Cmd":["sh"]}"#
        try commands.load(image)
        let mount = "type=volume,src=more,dst=/more,volume-driver=keeper,volume-opt=k=v"
        _ = try succeed(
            "create",
            "--name",
            "box",
            "-v",
            "one:/data",
            "--volume-driver",
            "keeper",
            "--mount",
            mount,
            "app:1"
        )
        #expect(
            try calls() == [
                #"Get {"Name": "more"}"#, #"Create {"Name": "more", "Opts": {"k": "v"}}"#, #"Get {"Name": "more"}"#,
                #"Get {"Name": "one"}"#, #"Create {"Name": "one", "Opts": {}}"#, #"Get {"Name": "one"}"#,
                #"Mount {"Name": "one", "ID": 64}"#, #"Unmount {"Name": "one", "ID": 64}"#,
            ]
        )
        let row = "{{range .Mounts}}{{.Name}} {{.Driver}} {{.Destination}} [{{.Mode}}]\n{{end}}"
        let rows = ["one keeper /data []", "more keeper /more []", ""]
        #expect(try succeed("container", "inspect", "-f", row, "box").lines == rows)
        #expect(try succeed("cat", "box:/data/f").output == "image")
        #expect(try TestFile.read(server.files("one") + "/f") == Array("image".utf8))
        #expect(Set(try calls().map { $0.prefix { $0 != " " } }) == ["Mount", "Unmount"])
        let file = try commands.file("new", Array("new".utf8))
        _ = try succeed("cp", file, "box:/more/new")
        #expect(try TestFile.read(server.files("more") + "/new") == Array("new".utf8))
        #expect(try calls().filter { $0.hasSuffix("busy") }.isEmpty)
        let inUse = try run("volume", "rm", "one")
        #expect(inUse.status == 4 && inUse.errors.contains("remove one: volume is in use - ["))
        // Without a name of a driver it is the one that is there.
        _ = try succeed("create", "--name", "next", "-v", "one:/x", "app:1")
        for wrong in [
            ["-v", "one:/x", "--volume-driver", "local"],
            ["--mount", "type=volume,src=one,dst=/x,volume-driver=local"],
        ] {
            let run = try run(["create"] + wrong + ["app:1"])
            #expect(run.status == 4 && run.errors == "layerctl: create one: volume name must be unique\n")
        }
        #expect(try succeed("volume", "prune", "-a", "-f").lines == ["Total reclaimed space: 0B"])
        _ = try succeed("rm", "box", "next")
        #expect(try succeed("volume", "rm", "one", "more").lines == ["one", "more"])
    }

    @Test func `A create that fails removes the plugin's volumes that it made`() throws {
        try commands.load(MadeImage([["file=x"]], tags: ["app:1"]))
        _ = try succeed("volume", "create", "-d", "keeper", "kept")
        let run = try run(
            ["create", "-v", "kept:/k", "-v", "made:/m", "--volume-driver", "keeper", "--mount"]
                + ["type=volume,src=zz,dst=/z,volume-driver=keeper,volume-opt=refuse=1", "app:1"]
        )
        #expect(run.status == 1 && run.errors.contains("create zz: plugin \"keeper\": VolumeDriver.Create: not"))
        #expect(try succeed("volume", "ls", "-q").lines == ["kept"])
    }

    @Test func `A volume that only its plugin knows is used as any other`() throws {
        _ = try succeed("volume", "create", "-d", "keeper", "one")
        try TestFile.write(Array("1".utf8), to: server.files("one") + "/file")
        let other = try CommandStore()
        let environment = ["LAYERCTL_PLUGIN_DIRS": server.directory]
        #expect(try other.run("volume", "ls", environment: environment).lines.last == "keeper    one")
        #expect(try other.run("volume", "clone", "one", "two", environment: environment).lines == ["two"])
        #expect(
            try other.run("volume", "inspect", "-f", "{{.Driver}}", "one", environment: environment).lines == ["keeper"]
        )
        try other.load(MadeImage([["file=x"]], tags: ["app:1"]))
        #expect(try other.run("create", "--name", "box", "-v", "one:/x", "app:1", environment: environment).status == 0)
        #expect(try other.run("cat", "box:/x/file", environment: environment).output == "1")
        #expect(try other.run("rm", "box", environment: environment).status == 0)
        #expect(try other.run("volume", "rm", "one", environment: environment).lines == ["one"])
        // What the plugin has no more is said, and can be forgotten.
        let list = try run("volume", "ls")
        #expect(list.lines.count == 1)
        #expect(
            list.errors == "layerctl: warning: volume one: plugin \"keeper\" has it no more, volume rm forgets it\n"
        )
        #expect(try run("volume", "inspect", "one").status == 3)
        #expect(try succeed("volume", "rm", "one").lines == ["one"])
        #expect(try run("volume", "ls").errors.isEmpty)
    }

    @Test func `Of two volumes of one name the store's own is listed`() throws {
        let other = try CommandStore()
        _ = try other.run(
            "volume",
            "create",
            "-d",
            "keeper",
            "one",
            environment: ["LAYERCTL_PLUGIN_DIRS": server.directory]
        )
        _ = try succeed("volume", "create", "-d", "local", "one")
        let list = try run("volume", "ls")
        #expect(list.lines.dropFirst() == ["local     one"])
        #expect(
            list.errors
                == "layerctl: warning: volume one of plugin \"keeper\" is not listed: local has one of that name\n"
        )
    }

    @Test("A plugin that does not answer is a warning in a list, and goes by force")
    func broken() throws {
        _ = try succeed("volume", "create", "-d", "keeper", "one")
        _ = try succeed("volume", "create", "two")
        let faulty = try PluginServer("faulty", faults: ["List": "json"])
        let silent = try PluginServer("role", faults: ["Activate": "role"])
        server.end()
        let directories = [server.directory, faulty.directory, silent.directory].joined(separator: ":")
        let list = try run(["volume", "ls"], directories: directories)
        #expect(list.status == 0 && list.lines.dropFirst() == ["keeper    one", "local     two"])
        let warnings = list.errors.split(separator: "\n").map(String.init)
        #expect(warnings.count == 2)
        #expect(
            warnings[0].hasPrefix(#"layerctl: warning: plugin "faulty": VolumeDriver.List: the answer: unexpected end"#)
        )
        #expect(warnings[1].hasPrefix(#"layerctl: warning: plugin "keeper": Plugin.Activate: nobody listens at "#))
        // It is not waited for: no other directory has it.
        let gone = try run(["volume", "rm", "one"], directories: faulty.directory)
        #expect(gone.status == 3)
        let message = #"remove one: error looking up volume plugin keeper: plugin "keeper" not found"#
        #expect(gone.errors == "layerctl: \(message)\n")
        let forced = try run(["volume", "rm", "-f", "one"], directories: faulty.directory)
        #expect(forced.status == 0 && forced.lines == ["one"])
        #expect(forced.errors == "layerctl: warning: \(message)\n")
    }
}
