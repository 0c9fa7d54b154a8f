import ImageSpec
import LayerTestKit
import Testing

/// `create` with mounts, and what `inspect`, `ps`, `rm -v`, `diff`, `export` and `commit` say of them.
@Suite struct MountCommandTests {
    private let commands: CommandStore

    init() throws {
        commands = try CommandStore()
        var image = try MadeImage([["data/", "data/f=image", "file=x"]], tags: ["app:1"])
        image.runConfig = #"{"Cmd":["sh"],"Volumes":{"/data":{}}}"#
        try commands.load(image)
    }

    private func create(_ arguments: String...) throws -> LayerctlRun {
        let all = ["create"] + arguments + ["app:1"]
        return try LayerctlRun(all, environment: ["LAYERCTL_ROOT": commands.root], directory: commands.folder)
    }

    private func inspect(_ name: String, _ template: String) throws -> String {
        let run = try commands.run("container", "inspect", "--format", template, name)
        #expect(run.status == 0, "\(run.errors)")
        return run.lines.joined(separator: "\n")
    }

    @Test("inspect shows mounts as Docker does")
    func mounts() throws {
        let run = try create(
            "--name",
            "box",
            "-v",
            "named:/n:ro",
            "-v",
            "./host:/h",
            "--mount",
            "type=tmpfs,dst=/t",
            "--tmpfs",
            "/m:size=1k",
            "-v",
            "/anonymous"
        )
        #expect(run.status == 0, "\(run.errors)")
        let row =
            "{{range .Mounts}}{{.Type}}|{{.Source}}|{{.Destination}}|{{.Driver}}|{{.Mode}}|{{.RW}}|{{.Propagation}}\n{{end}}"
        let names = try inspect("box", "{{range .Mounts}}{{.Name}} {{end}}").split(
            separator: " ",
            omittingEmptySubsequences: false
        )
        let data = commands.root + "/volumes/"
        #expect(
            try inspect("box", row).split(separator: "\n").map(String.init) == [
                "volume|\(data)\(names[0])/_data|/anonymous|local||true|",
                "volume|\(data)\(names[1])/_data|/data|local||true|",
                "bind|\(commands.folder)/host|/h|||true|rprivate",
                "volume|\(data)named/_data|/n|local|ro|false|", "tmpfs||/t|||true|",
            ]
        )
        #expect(names[0].wholeMatch(of: /[0-9a-f]{64}/) != nil)
        #expect(names[2...] == ["", "named", "", ""])
        #expect(try inspect("box", "{{json .HostConfig.Binds}}") == #"["named:/n:ro","\#(commands.folder)/host:/h"]"#)
        #expect(try inspect("box", "{{json .HostConfig.Mounts}}") == #"[{"Type":"tmpfs","Target":"/t"}]"#)
        #expect(try inspect("box", "{{json .HostConfig.Tmpfs}}") == #"{"/m":"size=1k"}"#)
        #expect(try inspect("box", "{{json .Config.Volumes}}") == #"{"/anonymous":{},"/data":{}}"#)
        #expect(TestFile.exists(commands.folder + "/host"))
    }

    @Test("ps shows mounts and finds containers by them")
    func list() throws {
        #expect(try create("--name", "one", "-v", "a-volume-with-a-long-name:/data", "-v", "/etc:/host").status == 0)
        #expect(try create("--name", "two").status == 0)
        let format = "{{.Names}} {{.Mounts}} {{.LocalVolumes}}"
        #expect(
            try commands.run("ps", "-a", "-f", "volume=/host", "--format", format).lines == [
                "one a-volume-with-\u{2026},/etc 1"
            ]
        )
        #expect(
            try commands.run("ps", "-a", "--no-trunc", "-f", "volume=a-volume-with-a-long-name", "--format", format)
                .lines
                == ["one a-volume-with-a-long-name,/etc 1"]
        )
        #expect(try commands.run("ps", "-a", "-f", "volume=/data", "--format", "{{.Names}}").lines == ["two", "one"])
        #expect(try commands.run("ps", "-a", "-f", "volume=/etc", "--format", "{{.Names}}").lines == ["one"])
        #expect(try commands.run("ps", "-a", "-f", "volume=/e", "-q").lines.isEmpty)
    }

    @Test("rm -v takes the volumes that nobody named, unless others use them")
    func remove() throws {
        #expect(try create("--name", "one", "-v", "named:/n", "-v", "/x").status == 0)
        #expect(try create("--name", "two", "--volumes-from", "one").status == 0)
        let volumes = { try TestFile.list(commands.root + "/volumes").count }
        #expect(try volumes() == 3)
        #expect(try commands.run("rm", "-v", "one").status == 0)
        #expect(try volumes() == 3)
        #expect(try commands.run("rm", "-v", "two").status == 0)
        #expect(try TestFile.list(commands.root + "/volumes") == ["named"])
        #expect(try create("--name", "one").status == 0)
        #expect(try commands.run("rm", "one").status == 0)
        #expect(try volumes() == 2)
    }

    @Test("what is in a volume is in no diff, no export and no commit")
    func outsideOfLayers() throws {
        #expect(try create("--name", "box", "-v", "named:/n").status == 0)
        let secret = try commands.file("secret", Array("secret".utf8))
        for place in ["/n/secret", "/data/secret"] {
            #expect(try commands.run("cp", secret, "box:" + place).status == 0)
            #expect(try commands.run("cat", "box:" + place).output == "secret")
        }
        #expect(try commands.run("diff", "box").output.isEmpty)
        #expect(!(try commands.run("export", "box").output.contains("secret")))
        #expect(try commands.run("commit", "box", "new:1").status == 0)
        #expect(try commands.run("ls", "new:1:/data/").output.contains("secret") == false)
    }

    /// What is refused, how, and in which words.
    private static let refused: [(arguments: [String], status: Int32, message: String)] = [
        (["-v", "a1:/x", "-v", "b1:/x"], 4, "Duplicate mount point: /x"),
        (["-v", "/x:rw"], 2, "invalid volume specification: '/x:rw'"),
        (
            ["--mount", "type=bind,src=/absent,dst=/x"], 2,
            "invalid mount config for type \"bind\": bind source path does not exist: /absent"
        ),
        (
            ["--mount", "x"], 2,
            "invalid argument \"x\" for \"--mount\" flag: invalid field 'x' must be a key=value pair"
        ),
        (["-v", "/file"], 2, "cannot mount volume over existing file, file exists /file"),
        (["--volumes-from", "nobody"], 3, "No such container: nobody"),
        (["-v", "a:/x"], 2, "volume name is too short"),
        (["--mount", "type=image,src=absent,dst=/x"], 3, "No such image: absent"),
    ]

    @Test("what cannot be mounted is refused, and nothing stays", arguments: refused)
    func refuses(_ test: (arguments: [String], status: Int32, message: String)) throws {
        let run = try LayerctlRun(
            ["create"] + test.arguments + ["app:1"],
            environment: ["LAYERCTL_ROOT": commands.root],
            directory: commands.folder
        )
        #expect(run.status == test.status)
        #expect(run.errors.contains(test.message), "\(run.errors)")
        #expect(try commands.run("ps", "-a", "-q").lines.isEmpty)
        let volumes = commands.root + "/volumes"
        #expect(try !TestFile.exists(volumes) || TestFile.list(volumes).isEmpty)
    }
}
