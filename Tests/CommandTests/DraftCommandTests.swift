import LayerTestKit
import TestImages
import Testing

/// `convert`, `import`, `squash`, `append`, `mutate`, `rebase`, `strip` and `copy`, as they are typed.
@Suite struct DraftCommandTests {
    private let commands: CommandStore
    private let image: MadeImage

    init() throws {
        commands = try CommandStore()
        image = try MadeImage([["d/", "d/file=1"], ["d/more=2"]], tags: ["app:1"])
        try commands.load(image)
    }

    private func run(_ arguments: String..., input: [UInt8]? = nil) throws -> LayerctlRun {
        try LayerctlRun(
            arguments,
            input: input,
            environment: ["LAYERCTL_ROOT": commands.root, "SOURCE_DATE_EPOCH": "1700000000"],
            directory: commands.folder
        )
    }

    private func names() throws -> [String] {
        try commands.run("images", "--format", "{{.Repository}}:{{.Tag}}").lines.sorted()
    }

    @Test func `Each verb prints the ID, names the image when asked to, and leaves the old one as it is`() throws {
        _ = try commands.file("layer.tar", TarBuilder.tar(try LayerSketch.layer(["new=3"])))
        let verbs = [
            ["append", "app:1", "--tar", "layer.tar"], ["mutate", "app:1", "-c", "USER me"], ["squash", "app:1"],
            ["strip", "app:1", "/d/more"], ["rebase", "app:1", "--old", "app:1", "--new", "app:1"],
        ]
        for verb in verbs {
            let name = "made/\(verb[0]):1"
            let run = try LayerctlRun(
                verb + ["-t", name],
                environment: ["LAYERCTL_ROOT": commands.root, "SOURCE_DATE_EPOCH": "1700000000"],
                directory: commands.folder
            )
            #expect(run.status == 0, "\(run.errors)")
            #expect(try commands.run("inspect", "--format", "{{.Id}}", name).lines == run.lines)
        }
        #expect(try names() == ["app:1"] + verbs.map { "made/\($0[0]):1" }.sorted())
        #expect(try commands.run("inspect", "--format", "{{.Id}}", "app:1").lines == [image.fullID])
    }

    @Test func `On a file they need no store, and make none`() throws {
        _ = try commands.file("app.tar", image.archive)
        let root = commands.folder + "/none"
        for (number, verb) in [["squash"], ["mutate", "-c", "USER me"], ["strip", "d/file"]].enumerated() {
            let arguments = [verb[0], "app.tar"] + verb.dropFirst() + ["-o", "out\(number).tar", "--root", root]
            let run = try LayerctlRun(arguments, directory: commands.folder)
            #expect(run.status == 0, "\(run.errors)")
            let found = try LayerctlRun(
                ["inspect", "--format", "{{.Id}}", "out\(number).tar"],
                directory: commands.folder
            )
            #expect(found.lines == run.lines)
        }
        #expect(!TestFile.exists(root))
    }

    @Test func `import reads the standard input and says what docker import says`() throws {
        let tar = TarBuilder.tar(try LayerSketch.layer(["a=1"]))
        let run = try run("import", "-", "root:1", "-c", "CMD sh", input: tar)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.lines.count == 1 && run.lines[0].hasPrefix("sha256:"))
        let history = try commands.run("history", "--no-trunc", "--format", "{{.CreatedBy}}|{{.Comment}}", "root:1")
        #expect(history.lines == ["|Imported from -"])
    }

    @Test func `convert writes to the standard output, and replaces a file only by a whole one`() throws {
        let path = try commands.file("app.tar", image.archive)
        let run = try run("convert", "app.tar", "-", "--format", "oci-archive")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try self.run("convert", "app.tar", "copy.tar", "--format", "oci-archive").status == 0)
        #expect(try TestFile.read(commands.folder + "/copy.tar") == run.outputBytes)
        var broken = image.archive
        broken[broken.firstIndex(of: UInt8(ascii: "1")) ?? 0] ^= 1
        try TestFile.write(Array(broken.prefix(700)), to: path)
        #expect(try self.run("convert", "app.tar", "copy.tar").status != 0)
        #expect(try TestFile.read(commands.folder + "/copy.tar") == run.outputBytes)
    }

    @Test func `copy tells what it has copied`() throws {
        let run = try run("copy", "app", "--to", commands.folder + "/other")
        #expect(run.lines == ["\(image.fullID) app:1"], "\(run.errors)")
        let other = try LayerctlRun(["images", "-q", "--no-trunc", "--root", commands.folder + "/other"])
        #expect(other.lines == [image.fullID])
    }

    private static let refusals: [(arguments: [String], status: Int32)] = [
        (["squash", "app:1", "--from", "3"], 2), (["squash", "app:1", "--from", "2", "--to", "1"], 2),
        (["squash", "app:1", "--all", "--to", "1"], 2), (["squash", "absent:1"], 3), (["append", "app:1"], 2),
        (["append", "app:1", "--dir", "absent"], 3), (["append", "app:1", "--delete", "/"], 2),
        (["append", "app:1", "--delete", "../x"], 2), (["mutate", "app:1", "-c", "FROM x"], 2),
        (["mutate", "app:1", "--no-history", "-m", "x"], 2), (["strip", "app:1", "absent"], 3),
        (["strip", "app:1", "/"], 2), (["import", "absent"], 3), (["import", "http://example.test/x"], 2),
        (["convert", "absent", "x"], 3), (["convert", "-", "x", "--compress", "xz"], 2), (["copy", "app:1"], 2),
    ]

    @Test("What makes no sense is refused", arguments: refusals)
    func refused(arguments: [String], status: Int32) throws {
        let run = try LayerctlRun(
            arguments,
            environment: ["LAYERCTL_ROOT": commands.root],
            directory: commands.folder
        )
        #expect(run.status == status, "\(run.errors)")
        #expect(run.output.isEmpty)
        #expect(try names() == ["app:1"])
    }
}
