import Foundation
import LayerTestKit
import Testing

/// What `ps` and `container inspect` print of containers.
@Suite struct ContainerListTests {
    private let commands: CommandStore
    private let image: MadeImage
    private let child: MadeImage
    private let ids: [String]

    init() throws {
        commands = try CommandStore()
        var image = try MadeImage.sample(tags: ["app:1"])
        image.runConfig =
            #"{"Entrypoint":["/bin/sh","-c"],"Cmd":["echo \"hello\" world"],"Labels":{"k":"v"},"Env":["A=b"]}"#
        var child = image
        child.layers.append(try MadeImage([["more=1"]]).layers[0])
        child.tags = ["child:1"]
        child.runConfig = #"{"Cmd":["sh"]}"#
        child.history = nil
        (self.image, self.child) = (image, child)
        try commands.load(image, child)
        let commands = commands
        ids = try [["web", "app:1"], ["web2", "child:1"], ["db", child.fullID]].map { words in
            try commands.run("create", "--name", words[0], "-l", "is=\(words[0])", words[1]).lines[0]
        }
    }

    private func short(_ number: Int) -> String { String(ids[number].prefix(12)) }

    private func list(_ arguments: String...) throws -> [String] {
        var outputs: [[String]] = []
        for verb in [
            ["ps", "-a"], ["container", "ls", "-a"], ["container", "list", "-a"], ["container", "ps", "-a"],
        ] {
            let run = try LayerctlRun(verb + arguments, environment: ["LAYERCTL_ROOT": commands.root])
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.errors.isEmpty)
            outputs.append(run.lines.map { $0.replacing(/(Less than a second|[0-9]+ seconds?) ago/, with: "NOW") })
        }
        // All spellings say the same; ages apart, which were made one.
        #expect(outputs.allSatisfy { $0 == outputs[0] })
        return outputs[0]
    }

    @Test(
        "A label can be asked for by its name",
        arguments: [
            (#"{{.Label "is"}}{{.Label "k"}}{{.Label "none"}}"#, ["db", "web2", "webv"]),
            (
                #"table {{.Names}}\t{{.Label "com.example.its-short_name"}}"#,
                ["NAMES     its short name", "db        ", "web2      ", "web       "]
            ),
            (#"{{if eq (.Label "is") "db"}}{{.Label .Names}}{{end}}"#, ["", "", ""]),
        ] as [(String, [String])]
    )
    func labels(_ format: String, _ lines: [String]) throws {
        #expect(try list("--format", format) == lines)
        let failing = try commands.run("ps", "-a", "--format", "{{.Label 1}}")
        #expect(failing.status != 0 && failing.errors.contains("expected string"))
    }

    @Test func `The table has Docker's columns`() throws {
        let lines = try list(
            "--format",
            "table {{.ID}}\\t{{.Image}}\\t{{.Command}}\\t{{.Status}}\\t{{.Ports}}\\t{{.Names}}"
        )
        #expect(
            lines == [
                "CONTAINER ID   IMAGE          COMMAND                   STATUS    PORTS     NAMES",
                "\(short(2))   \(child.shortID)   \"sh\"                      Created             db",
                "\(short(1))   child:1        \"sh\"                      Created             web2",
                "\(short(0))   app:1          \"/bin/sh -c 'echo \\\"h…\"   Created             web",
            ]
        )
        let header = try commands.run("ps", "-a", "-a").lines[0]
        let words = ["CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES"]
        #expect(header.split(separator: /[ ]{2,}/).map(String.init) == words)
        #expect(try commands.run("ps", "-a", "-s").lines[0].hasSuffix("SIZE"))
    }

    @Test func `JSON is one object a row, with Docker's members`() throws {
        let line = try list("--format", "json", "-f", "name=^web$")[0]
        let created = try #require(line.firstMatch(of: /"CreatedAt":"([^"]*)"/)?.output.1)
        #expect(created.wholeMatch(of: /20[0-9]{2}-[0-9-]+ [0-9:]+ \+0000 UTC/) != nil)
        #expect(
            line.replacing(String(created), with: "TIME")
                == #"{"Command":"\"/bin/sh -c 'echo \\\"h…\"","CreatedAt":"TIME","ID":"\#(short(0))","Image":"app:1","#
                + #""Labels":"is=web,k=v","LocalVolumes":"0","Mounts":"","Names":"web","Networks":"","Ports":"","#
                + #""RunningFor":"NOW","Size":"0B","State":"created","Status":"Created"}"#
        )
    }

    @Test func `Nothing is shortened when that is asked for`() throws {
        #expect(
            try list("--no-trunc", "--format", "{{.ID}} {{.Image}} {{.Command}}") == [
                "\(ids[2]) \(child.fullID) \"sh\"", "\(ids[1]) child:1 \"sh\"",
                "\(ids[0]) app:1 \"/bin/sh -c 'echo \\\"hello\\\" world'\"",
            ]
        )
        #expect(try list("-q", "--no-trunc") == [ids[2], ids[1], ids[0]])
        #expect(try list("-aq") == [short(2), short(1), short(0)])
    }

    @Test func `Sizes are those of the container and of both together`() throws {
        try TestFile.write([1, 2], to: "\(commands.root)/containers/\(ids[0])/upper/new")
        #expect(
            try list("-s", "--format", "{{.Names}} {{.Size}}") == [
                "db 0B (virtual 1.24kB)", "web2 0B (virtual 1.24kB)", "web 2B (virtual 1.24kB)",
            ]
        )
        #expect(try list("--format", "{{.Size}}", "-f", "name=^web$") == ["2B (virtual 1.24kB)"])
    }

    /// Arguments and the names that are left.
    struct Choice: CustomStringConvertible {
        let arguments: [String]
        let names: [String]
        var description: String { arguments.joined(separator: " ") }
    }

    @Test(
        "Filters and counts choose",
        arguments: [
            Choice(arguments: ["-f", "name=web"], names: ["web2", "web"]),
            Choice(arguments: ["-f", "name=^web$"], names: ["web"]),
            Choice(arguments: ["-f", "name=^/web$"], names: ["web"]),
            Choice(arguments: ["-f", "name=b$"], names: ["db", "web"]),
            Choice(arguments: ["-f", "name=2", "-f", "name=db"], names: ["db", "web2"]),
            Choice(arguments: ["-f", "name=none"], names: []),
            Choice(arguments: ["-f", "label=is"], names: ["db", "web2", "web"]),
            Choice(arguments: ["-f", "label=is=db"], names: ["db"]),
            Choice(arguments: ["-f", "label=k=v"], names: ["web"]),
            Choice(arguments: ["-f", "label=is=web", "-f", "label=k"], names: ["web"]),
            Choice(arguments: ["-f", "label=is=web", "-f", "label=none"], names: []),
            Choice(arguments: ["-f", "ancestor=child:1"], names: ["db", "web2"]),
            Choice(arguments: ["-f", "ancestor=app:1"], names: ["db", "web2", "web"]),
            Choice(arguments: ["-f", "ancestor=none"], names: []),
            Choice(arguments: ["-f", "status=created"], names: ["db", "web2", "web"]),
            Choice(arguments: ["-f", "status=mounted"], names: []),
            Choice(arguments: ["-f", "status=running", "-f", "status=created"], names: ["db", "web2", "web"]),
            Choice(arguments: ["-f", "name=web", "-f", "ancestor=child:1"], names: ["web2"]),
            Choice(arguments: ["-n", "2"], names: ["db", "web2"]),
            Choice(arguments: ["--last", "9"], names: ["db", "web2", "web"]),
            Choice(arguments: ["-l"], names: ["db"]),
            Choice(arguments: ["--latest", "-f", "name=web"], names: ["web2"]),
        ]
    )
    func filters(choice: Choice) throws {
        let run = try LayerctlRun(
            ["ps", "-a", "--format", "{{.Names}}"] + choice.arguments,
            environment: ["LAYERCTL_ROOT": commands.root]
        )
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.lines == choice.names)
    }

    @Test func `A filter of an ID finds a part of it`() throws {
        #expect(try list("-q", "-f", "id=\(ids[1])") == [short(1)])
        #expect(try list("-q", "-f", "id=^\(ids[1].prefix(20))") == [short(1)])
    }

    @Test("A filter that makes no sense is a usage error", arguments: ["name", "color", "status=odd", "color=red"])
    func badFilters(filter: String) throws {
        let run = try commands.run("ps", "-a", "-f", filter)
        #expect(run.status == 2, "\(run.errors)")
        #expect(run.output.isEmpty)
        let named = filter == "color=red" ? "color" : filter
        #expect(run.errors.hasPrefix("layerctl: invalid filter \"\(named)\""), "\(run.errors)")
    }

    @Test func `A name that another image got since is shown as the ID of the container's image`() throws {
        try commands.load(MadeImage.single("new", tags: ["app:1"]))
        #expect(try list("-f", "name=^web$", "--format", "{{.Image}}") == [image.shortID])
    }

    @Test func `An empty store, and one that does not exist, have a heading only`() throws {
        let empty = try CommandStore()
        let run = try empty.run("ps", "-a")
        #expect(run.lines == ["CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES"])
        #expect(!TestFile.exists(empty.root))
    }

    @Test func `The document of a container is golden`() throws {
        let run = try commands.run("container", "inspect", "-s", "--format", "json", "web")
        #expect(run.status == 0, "\(run.errors)")
        let created = try #require(run.output.firstMatch(of: /"Created":"([^"]*)"/)?.output.1)
        let path = "\(commands.root)/containers/\(ids[0])"
        let lowers = image.hexDiffIDs.reversed().map { "\(commands.root)/layers/sha256/\($0)/tree" }
        #expect(
            run.output == #"[{"Id":"\#(ids[0])","Created":"\#(created)","Path":"/bin/sh","#
                + #""Args":["-c","echo \"hello\" world"],"State":{"Status":"created"},"Image":"\#(image.fullID)","#
                + #""Name":"/web","GraphDriver":{"Data":{"LowerDir":"\#(lowers.joined(separator: ":"))","#
                + #""MergedDir":"\#(path)/merged","UpperDir":"\#(path)/upper","WorkDir":"\#(path)/work"},"#
                + #""Name":"overlay"},"SizeRw":0,"SizeRootFs":1239,"#
                + #""HostConfig":{"Binds":null,"VolumeDriver":"","VolumesFrom":null},"Mounts":[],"#
                + #""Config":{"Entrypoint":["/bin/sh","-c"],"Cmd":["echo \"hello\" world"],"#
                + #""Labels":{"k":"v","is":"web"},"Env":["A=b"],"Image":"app:1"}}]"# + "\n"
        )
    }

    @Test func `A container is found before an image, unless that is asked for`() throws {
        _ = try commands.run("rename", "web", "child")
        _ = try commands.run("tag", "child:1", "child")
        #expect(try commands.run("inspect", "-f", "{{.Name}}", "child").lines == ["/child"])
        #expect(try commands.run("inspect", "--type", "container", "-f", "{{.Name}}", "child").lines == ["/child"])
        #expect(try commands.run("inspect", "--type", "image", "-f", "{{.Id}}", "child").lines == [child.fullID])
        #expect(try commands.run("inspect", "-f", "{{.Id}}", short(1), "app:1").lines == [ids[1], image.fullID])
        let missing = try commands.run("inspect", "--type", "container", "app:1")
        #expect(missing.status == 3)
        #expect(missing.errors == "layerctl: No such container: app:1\n")
        // The fields of what does not run here are there for scripts that ask.
        let fields = "{{.State.Running}} {{.State.ExitCode}} {{len .Mounts}} {{.Config.Hostname}}{{.Config.Labels.is}}"
        #expect(try commands.run("inspect", "-f", fields, "db").lines == ["false 0 0 db"])
        #expect(try commands.run("inspect", "-f", "{{.Nothing}}", "db").status == 2)
    }

    @Test func `Containers are listed by what was made before and after them`() throws {
        #expect(try list("--format", "{{.Names}}", "-f", "before=web2") == ["web"])
        #expect(try list("--format", "{{.Names}}", "-f", "since=web2") == ["db"])
        #expect(try list("--format", "{{.Names}}", "-f", "since=web", "-f", "before=db") == ["web2"])
        #expect(try commands.run("ps", "-a", "-f", "before=absent").status == 3)
        #expect(try list("--format", "json").allSatisfy { $0.contains(#""Size":"0B""#) })
        #expect(try commands.run("info", "--format", "{{.Containers}}").lines == ["3"])
    }
}
