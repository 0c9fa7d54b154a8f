import LayerTestKit
import TestImages
import Testing

/// Contract 3.12: `tag` and `rmi`.
@Suite struct NamingCommandTests {
    private let commands: CommandStore
    private let image: MadeImage

    init() throws {
        commands = try CommandStore()
        image = try .sample(tags: ["app:1"])
        try commands.load(image)
    }

    private func names() throws -> [String] {
        try commands.run("images", "--format", "{{.Repository}}:{{.Tag}}").lines
    }

    @Test("A tag is one more name, whatever the image is named by", arguments: ["app:1", "ID", "FULL"])
    func tag(source: String) throws {
        let name = source == "ID" ? image.shortID : source == "FULL" ? image.fullID : source
        for verb in [["tag"], ["image", "tag"]] {
            let run = try LayerctlRun(verb + [name, "other"], environment: ["LAYERCTL_ROOT": commands.root])
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.isEmpty && run.errors.isEmpty)
        }
        #expect(try names() == ["app:1", "other:latest"])
    }

    @Test(
        "A tag that cannot be is refused",
        arguments: [
            (["absent", "other"], Int32(3), "No such image: absent:latest"),
            (["app:1", "Bad Name"], 2, "invalid reference"),
            (["app:1", "UPPER"], 2, "invalid reference"), (["app:1"], 2, "Usage:"),
            (
                ["app:1", "x@sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"], 2,
                "refusing to create a tag with a digest reference"
            ),
        ]
    )
    func badTags(arguments: [String], status: Int32, words: String) throws {
        let run = try LayerctlRun(["tag"] + arguments, environment: ["LAYERCTL_ROOT": commands.root])
        #expect(run.status == status)
        #expect(run.errors.contains(words), "\(run.errors)")
        #expect(try names() == ["app:1"])
    }

    @Test func `A name goes and the image stays while it has another`() throws {
        _ = try commands.run("tag", "app:1", "other")
        let run = try commands.run("rmi", "app:1")
        #expect(run.status == 0)
        #expect(run.output == "Untagged: app:1\n")
        #expect(try names() == ["other:latest"])
    }

    @Test("The last name takes image and layers", arguments: [["rmi"], ["image", "rm"], ["image", "remove"]])
    func last(verb: [String]) throws {
        let run = try LayerctlRun(verb + ["app:1"], environment: ["LAYERCTL_ROOT": commands.root])
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.lines == [
                "Untagged: app:1", "Deleted: \(image.fullID)", "Deleted: \(image.chainIDs[1])",
                "Deleted: \(image.chainIDs[0])",
            ]
        )
        #expect(try TreeLines.files(commands.root).map { $0.split(separator: "\t")[0] } == ["format.json", "lock"])
    }

    @Test func `A look at what would go is the same and takes nothing`() throws {
        let before = try TreeLines.files(commands.root)
        let look = try commands.run("rmi", "--dry-run", "app:1")
        #expect(look.status == 0)
        #expect(try TreeLines.files(commands.root) == before)
        #expect(try commands.run("rmi", "--dry-run=false", "app:1").output == look.output)
        #expect(try names() == [])
    }

    @Test("An ID with names in several repositories wants force", arguments: ["-f", "--force"])
    func conflict(flag: String) throws {
        _ = try commands.run("tag", "app:1", "other")
        let run = try commands.run("rmi", image.shortID)
        #expect(run.status == 4)
        #expect(run.output.isEmpty)
        #expect(
            run.errors
                == "layerctl: conflict: unable to delete \(image.shortID) (must be forced) - image is referenced in multiple repositories\n"
        )
        let forced = try commands.run("rmi", flag, image.shortID)
        #expect(forced.status == 0)
        #expect(forced.lines.prefix(2) == ["Untagged: app:1", "Untagged: other:latest"])
    }

    @Test func `What is not there is said, and the rest goes all the same`() throws {
        let run = try commands.run("rmi", "absent", "app:1")
        #expect(run.status == 3)
        #expect(run.lines.first == "Untagged: app:1")
        #expect(run.errors == "layerctl: No such image: absent:latest\n")
        #expect(try names() == [])
    }
}
