import Foundation
import LayerTestKit
import TestImages
import Testing

/// What holds for every verb: usage, help, where the store is, and that nothing from outside steers a terminal.
@Suite struct InvocationTests {
    static let verbs = [
        ["history"], ["load"], ["images"], ["inspect"], ["tag"], ["rmi"], ["info"], ["image"], ["image", "history"],
        ["image", "load"], ["image", "ls"], ["image", "inspect"], ["image", "tag"], ["image", "rm"],
        ["create"], ["ps"], ["rename"], ["rm"], ["container"], ["container", "create"], ["container", "ls"],
        ["container", "inspect"], ["container", "rename"], ["container", "rm"],
    ]

    private let commands: CommandStore

    init() throws { commands = try CommandStore() }

    @Test("Help is a result, and makes no store", arguments: [[]] + verbs)
    func help(verb: [String]) throws {
        for flag in ["--help", "-h"] {
            let run = try LayerctlRun(verb + [flag], environment: ["LAYERCTL_ROOT": commands.root])
            #expect(run.status == 0)
            #expect(run.errors.isEmpty)
            #expect(run.output.contains("USAGE: " + (["layerctl"] + verb).joined(separator: " ")), "\(run.output)")
        }
        #expect(!TestFile.exists(commands.root))
    }

    @Test("An unknown flag is a usage error on the standard error", arguments: [[]] + verbs)
    func unknownFlag(verb: [String]) throws {
        let run = try LayerctlRun(verb + ["--no-such-flag"], environment: ["LAYERCTL_ROOT": commands.root])
        #expect(run.status == 2)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("Usage: layerctl"), "\(run.errors)")
        #expect(!TestFile.exists(commands.root))
    }

    @Test(
        "A command line that makes no sense is a usage error",
        arguments: [
            ["no-such-verb"], ["history"], ["history", "a", "b"], ["inspect"], ["rmi"], ["tag", "a"],
            ["create"], ["rm"], ["rename", "a"], ["inspect", "--type", "volume", "a"], ["ps", "--last", "many"],
            ["load", "--progress", "loud"],
            ["history", "--platform", ""], ["info", "--driver", "warp"], ["images", "a", "b"],
        ]
    )
    func usage(arguments: [String]) throws {
        let run = try LayerctlRun(arguments, environment: ["LAYERCTL_ROOT": commands.root])
        #expect(run.status == 2, "\(run.errors)")
        #expect(run.output.isEmpty)
        #expect(!run.errors.isEmpty)
    }

    @Test func `A version is printed`() throws {
        let run = try commands.run("--version")
        #expect(run.status == 0)
        #expect(run.output.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+\n/) != nil)
    }

    @Test("A completion script is made for each shell", arguments: ["bash", "zsh", "fish"])
    func completion(shell: String) throws {
        let run = try commands.run("--generate-completion-script", shell)
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        for word in ["history", "load", "images", "inspect", "rmi", "layerctl"] { #expect(run.output.contains(word)) }
    }

    @Test("The script of completion is one that bash can read", Need.tool("bash"))
    func completionSyntax() throws {
        let run = try LayerctlRun(shell: "\"$layerctl\" --generate-completion-script bash | bash -n")
        #expect(run.status == 0, "\(run.errors)")
    }

    @Test func `The store's root stands before or behind the verb, or in the environment`() throws {
        let (one, two) = (commands.folder + "/one", commands.folder + "/two")
        func images(_ arguments: [String], _ environment: [String: String] = [:]) throws -> [String] {
            let run = try LayerctlRun(arguments, environment: environment, directory: commands.folder)
            #expect(run.status == 0, "\(run.errors)")
            return run.lines
        }
        let image = try MadeImage.sample()
        let file = try commands.archive(image)
        _ = try images(["--root", one, "load", "-q", file])
        for arguments in [
            ["--root", one, "images", "-q"], ["images", "--root", one, "-q"], ["images", "-q", "--root=\(one)"],
            ["--root=\(one)", "images", "-q"], ["--root", one, "image", "ls", "-q"], ["images", "-q", "--root", "one"],
            ["--root", "one", "images", "-q"],
        ] {
            #expect(try images(arguments) == [image.shortID])
            #expect(try images(arguments, ["LAYERCTL_ROOT": two]) == [image.shortID])
        }
        #expect(try images(["images", "-q"], ["LAYERCTL_ROOT": one]) == [image.shortID])
        #expect(try images(["images", "-q"], ["LAYERCTL_ROOT": two]) == [])
        #expect(try images(["--root", one, "history", "-q", "--", file]).first == image.shortID)
        #expect(!TestFile.exists(two))
    }

    @Test func `A root that is no store is a usage error, one that others may write a failure`() throws {
        try FileManager.default.createDirectory(atPath: commands.root, withIntermediateDirectories: false)
        try TestFile.write([], to: commands.root + "/letter")
        let foreign = try commands.run("images")
        #expect(foreign.status == 2)
        #expect(foreign.errors == "layerctl: \(commands.root): this directory is not empty and no store of layerctl\n")
        try TestFile.remove(commands.root + "/letter")
        try TestFile.setMode(0o777, of: commands.root)
        let open = try commands.run("load", ImageFixture.mini.path)
        #expect(open.status == 1)
        #expect(open.errors.contains("chmod go-w"))
    }

    @Test func `What is known of a store is printed`() throws {
        let none = try commands.run("info")
        #expect(none.status == 0)
        #expect(none.lines.first == "Root: \(commands.root) (not made yet)")
        #expect(!TestFile.exists(commands.root))
        let image = try MadeImage.sample()
        try commands.load(image)
        let lines = try commands.run("info").lines
        #expect(lines.first == "Root: \(commands.root)")
        #expect(
            lines.suffix(5) == ["Images: 1", "Names: 2", "Layers: 2, 1.24kB", "Store format: 1", "Limits: standard"]
        )
        let template = "{{.Images}} {{.Names}} {{.Layers}} {{.LayerBytes}} {{.FormatVersion}} {{.Exists}}"
        #expect(try commands.run("info", "-f", template).lines == ["1 2 2 1239 1 true"])
        let json = try commands.run("info", "--format", "json")
        let object = try JSONSerialization.jsonObject(with: Data(json.outputBytes)) as? [String: Any]
        #expect(object?["Root"] as? String == commands.root)
        #expect(object?["LayerBytes"] as? Int == 1239)
        #expect(json.lines.count == 1)
    }

    @Test func `The driver is the one that is asked for, by flag before environment`() throws {
        let format = ["--format", "{{.Driver}}"]
        func driver(_ arguments: [String], _ environment: [String: String]) throws -> LayerctlRun {
            let all = environment.merging(["LAYERCTL_ROOT": commands.root]) { given, _ in given }
            return try LayerctlRun(["info"] + format + arguments, environment: all)
        }
        #expect(try driver(["--driver", "copy"], [:]).lines == ["copy"])
        #expect(try driver([], ["LAYERCTL_DRIVER": "copy"]).lines == ["copy"])
        #expect(try driver(["--driver", "copy"], ["LAYERCTL_DRIVER": "warp"]).lines == ["copy"])
        let wrong = try driver([], ["LAYERCTL_DRIVER": "warp"])
        #expect(wrong.status == 2)
        #expect(wrong.errors.contains("warp"))
        #expect(try driver([], ["LAYERCTL_DRIVER": ""]).status == 0)
    }

    @Test("A reader that goes away is no failure and no word", Need.tool("bash"))
    func closedPipe() throws {
        let rows = (0..<5000).map {
            #"{"created_by":"row \#($0) \#(String(repeating: "x", count: 40))","empty_layer":true}"#
        }
        var image = try MadeImage([], tags: ["long"])
        image.history = "[\(rows.joined(separator: ","))]"
        let file = try commands.archive(image)
        for format in ["table", "json", "{{.CreatedBy}}"] {
            let run = try LayerctlRun(
                shell:
                    "\"$layerctl\" history --no-trunc --format '\(format)' '\(file)' | head -1; echo ${PIPESTATUS[0]}"
            )
            #expect(run.errors.isEmpty)
            #expect(run.lines.last == "0")
            #expect(run.lines.count == 2)
        }
        let help = try LayerctlRun(shell: "\"$layerctl\" --help | true; echo ${PIPESTATUS[0]}")
        #expect(help.output == "0\n")
    }

    @Test("A full disk under the output is a failure", Need.tool("bash"))
    func fullOutput() throws {
        let run = try LayerctlRun(shell: "\"$layerctl\" history '\(ImageFixture.mini.path)' > /dev/full")
        #expect(run.status == 1)
        #expect(run.errors.contains("No space left on device"), "\(run.errors)")
    }
}
