import LayerModel
import LayerTestKit
import Testing

/// `image prune`, `container prune` and `system prune`: questions, filters, output.
@Suite struct PruneCommandTests {
    private let commands: CommandStore

    init() throws { commands = try CommandStore() }

    private func labelled(_ text: String, tags: [String] = []) throws -> MadeImage {
        var image = try MadeImage.single(text, tags: tags)
        image.runConfig = #"{"Labels":{"l":"\#(text)"}}"#
        return image
    }

    @Test func `Images without a name go after a question, those with one only with -a`() throws {
        let (named, dangling) = (try MadeImage.single("1", tags: ["app:1"]), try MadeImage.single("22", tags: []))
        try commands.load(named, dangling)
        let question = "Are you sure you want to continue? [y/N] "
        let asked = try commands.run("image", "prune", input: Array("n\n".utf8))
        #expect(asked.status == 0)
        #expect(asked.output == "WARNING! This will remove all dangling images.\n" + question)
        let plan = try commands.run("image", "prune", "--dry-run")
        let run = try commands.run("image", "prune", "-f")
        let layer = "sha256:" + dangling.chainIDs[0].digest.hex
        let block = "Deleted Images:\ndeleted: \(dangling.fullID)\ndeleted: \(layer)\n\nTotal reclaimed space: 2B\n"
        #expect(run.output == block)
        #expect(plan.output == block)
        #expect(try commands.run("image", "prune", "-f").output == "Total reclaimed space: 0B\n")
        let all = try commands.run("image", "prune", "-a", input: Array("y\n".utf8))
        #expect(
            all.output == "WARNING! This will remove all images without at least one container associated to them.\n"
                + question + "Deleted Images:\nuntagged: app:1\ndeleted: \(named.fullID)\n"
                + "deleted: sha256:\(named.chainIDs[0].digest.hex)\n\nTotal reclaimed space: 1B\n"
        )
    }

    @Test(
        "Filters choose",
        arguments: [
            (["label=l"], ["a", "b"]), (["label=l=a"], ["a"]), (["label!=l"], []), (["label!=l=a"], ["b"]),
            (["until=2020-01-01"], []), (["until=0"], []), (["until=1h"], ["a", "b"]),
            (["until=1h30m", "label=l=b"], ["b"]), (["label=none"], []),
        ] as [([String], [String])]
    )
    func filters(_ filters: [String], _ expected: [String]) throws {
        let images = try ["a", "b"].map { try labelled($0) }
        try commands.load(images[0], images[1])
        let words = ["image", "prune", "-f"] + filters.flatMap { ["--filter", $0] }
        let run = try LayerctlRun(words, environment: ["LAYERCTL_ROOT": commands.root])
        #expect(run.status == 0, "\(run.errors)")
        let gone = ["a", "b"].enumerated().filter { run.output.contains("deleted: \(images[$0.offset].fullID)\n") }
        #expect(gone.map(\.element) == expected)
    }

    @Test(
        "Filters that make no sense are refused before anything goes",
        arguments: ["nothing", "colour=red", "until=tomorrow", "until=", "until=2024-13-01", "until=5x"]
    )
    func refusal(filter: String) throws {
        try commands.load(labelled("a"))
        for words in [["image"], ["container"], ["system"]] {
            let run = try LayerctlRun(
                words + ["prune", "-f", "--filter", filter],
                environment: ["LAYERCTL_ROOT": commands.root]
            )
            #expect(run.status == 2 && !run.errors.isEmpty)
        }
        #expect(try commands.run("images", "-q").lines.count == 1)
    }

    @Test func `Containers that are not in use go, with what was written in them`() throws {
        try commands.load(.single("1", tags: ["app:1"]))
        let one = try commands.run("create", "--name", "one", "-l", "k=v", "app:1").lines[0]
        let two = try commands.run("create", "--name", "two", "app:1").lines[0]
        #expect(try commands.run("cp", commands.file("f", [1, 2, 3]), "two:/f").status == 0)
        let asked = try commands.run("container", "prune", input: Array("\n".utf8))
        #expect(asked.output.hasPrefix("WARNING! This will remove all stopped containers.\nAre you sure"))
        #expect(
            try commands.run("container", "prune", "-f", "--filter", "until=1h").output == "Total reclaimed space: 0B\n"
        )
        let run = try commands.run("container", "prune", "-f", "--filter", "label!=k")
        #expect(run.output == "Deleted Containers:\n\(two)\n\nTotal reclaimed space: 3B\n")
        #expect(try commands.run("container", "prune", "-f").output.contains(one))
        #expect(try commands.run("ps", "-a", "-q").lines.isEmpty)
    }

    @Test(
        "An image whose layers are gone goes all the same",
        arguments: [["image", "prune", "-af"], ["rmi", "app:1"]]
    )
    func missingLayers(words: [String]) throws {
        try commands.load(.single("1", tags: ["app:1"]))
        try TestFile.remove(commands.root + "/layers/sha256")
        let run = try LayerctlRun(words, environment: ["LAYERCTL_ROOT": commands.root])
        #expect(run.status == 0, "\(run.errors)")
        #expect(try commands.run("images", "-q").lines.isEmpty)
    }

    @Test(
        "What a damaged record is of cannot be judged: the others go, and the status says so",
        arguments: [["container", "prune"], ["system", "prune"]]
    )
    func damaged(words: [String]) throws {
        try commands.load(.single("1", tags: ["app:1"]))
        let one = try commands.run("create", "--name", "one", "app:1").lines[0]
        let two = try commands.run("create", "--name", "two", "app:1").lines[0]
        try TestFile.write(Array("damaged".utf8), to: commands.root + "/containers/\(one)/container.json")
        let run = try LayerctlRun(words + ["-f"], environment: ["LAYERCTL_ROOT": commands.root])
        #expect(run.status == 1)
        #expect(run.output.hasPrefix("Deleted Containers:\n\(two)\n"))
        #expect(run.errors.contains("\(one)/container.json"))
    }

    @Test("A container or an image that is mounted stays", Need.root)
    func mounted() throws {
        try commands.load(.single("1", tags: ["app:1"]), .single("2", tags: ["other:1"]))
        _ = try commands.run("create", "--name", "box", "app:1")
        for name in ["box", "other:1"] { #expect(try commands.run("mount", name).status == 0) }
        let run = try commands.run("system", "prune", "-af", "--volumes")
        #expect(run.status == 0 && run.output == "Total reclaimed space: 0B\n", "\(run.output)")
        #expect(run.errors.contains("stays: it is mounted at"))
        #expect(try commands.run("mount").lines.count >= 2)
        for name in ["box", "other:1"] { #expect(try commands.run("umount", name).status == 0) }
        #expect(try commands.run("system", "prune", "-af").output.contains("Deleted Containers:"))
        #expect(try commands.run("images", "-q").lines.isEmpty)
    }

    @Test func `The whole system goes in one, and a look tells the same`() throws {
        try commands.load(.single("1", tags: ["app:1"]), .single("22", tags: []))
        let box = try commands.run("create", "-v", "/data", "app:1").lines[0]
        try TestFile.makeDirectories(commands.root + "/staging/1")
        try TestFile.write([1, 2, 3], to: commands.root + "/staging/1/f")
        let asked = try commands.run("system", "prune", "--filter", "label!=x", input: Array("n\n".utf8))
        #expect(
            asked.output == """
                WARNING! This will remove:
                  - all stopped containers
                  - all dangling images
                  - all that nothing in the store names

                  Items to be pruned will be filtered with:
                  - label!=x

                Are you sure you want to continue? [y/N]\u{20}
                """
        )
        let plan = try commands.run("system", "prune", "-a", "--dry-run")
        #expect(try commands.run("ps", "-a", "-q").lines.count == 1)
        let run = try commands.run("system", "prune", "-af")
        #expect(run.output == plan.output)
        #expect(run.output.hasPrefix("Deleted Containers:\n\(box)\n\nDeleted Images:\n"))
        #expect(run.lines.last == "Total reclaimed space: 6B")
        #expect(try commands.run("volume", "ls", "-q").lines.count == 1)
        #expect(try commands.run("system", "prune", "-f", "--volumes").output.hasPrefix("Deleted Volumes:\n"))
        #expect(try commands.run("system", "prune", "--volumes", "-f", "--filter", "until=1h").status == 2)
        #expect(try TreeLines.files(commands.root).map { $0.split(separator: "\t")[0] } == ["format.json", "lock"])
    }
}
