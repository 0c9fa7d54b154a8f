import Foundation
import LayerTestKit
import TestImages
import Testing

/// Contract 3.6: what `load` prints and how it ends.
@Suite struct LoadCommandTests {
    private let commands: CommandStore

    init() throws { commands = try CommandStore() }

    @Test func `Each name is a line, sorted as the file has them`() throws {
        let image = try MadeImage.sample(tags: ["example.test/app:2", "busybox:latest", "busybox:1"])
        let run = try commands.run("load", "-i", commands.archive(image))
        #expect(run.status == 0)
        #expect(run.errorLines == [])
        #expect(
            run.lines == [
                "Loaded image: example.test/app:2", "Loaded image: busybox:latest", "Loaded image: busybox:1",
            ]
        )
    }

    @Test func `An image without a name is printed by its ID`() throws {
        let run = try commands.run("load", "-i", ImageFixture.untagged.path)
        let id = try #require(run.lines.first?.split(separator: " ").last)
        #expect(run.lines == ["Loaded image ID: \(id)"])
        #expect(id.hasPrefix("sha256:") && id.count == 71)
        #expect(try commands.run("images", "-q", "--no-trunc").lines == [String(id)])
    }

    @Test func `A name that another image had is said to move`() throws {
        let one = try MadeImage.single("1", tags: ["app:1"])
        let two = try MadeImage.single("2", tags: ["app:1"])
        try commands.load(one)
        let run = try commands.run("load", "-i", commands.archive(two))
        #expect(
            run.lines == [
                "The image app:1 already exists, renaming the old one with ID \(one.fullID) to empty string",
                "Loaded image: app:1",
            ]
        )
        #expect(try commands.run("load", "-i", commands.archive(two)).lines == ["Loaded image: app:1"])
    }

    @Test(
        "Files are arguments, options and the standard input",
        arguments: [["FILE"], ["-i", "FILE"], ["--input", "FILE"], ["--input=FILE"], ["-"], ["-i", "-"], []]
    )
    func ways(arguments: [String]) throws {
        let image = try MadeImage.sample()
        let path = try commands.archive(image)
        let real = arguments.map { $0.replacingOccurrences(of: "FILE", with: path) }
        let run = try LayerctlRun(
            ["load"] + real,
            input: real.contains { $0.hasSuffix(path) } ? nil : image.archive,
            environment: ["LAYERCTL_ROOT": commands.root]
        )
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.lines == ["Loaded image: example.test/app:1.0", "Loaded image: example.test/app:latest"])
        #expect(try commands.run("images", "-q").lines == [image.shortID])
    }

    @Test func `Several files are loaded one after the other`() throws {
        let (one, two) = (try MadeImage.single("1", tags: ["one"]), try MadeImage.single("2", tags: ["two"]))
        let run = try commands.run("load", commands.archive(one, name: "1.tar"), commands.archive(two, name: "2.tar"))
        #expect(run.lines == ["Loaded image: one:latest", "Loaded image: two:latest"])
    }

    @Test func `A name that begins with a dash is a file behind two dashes`() throws {
        let name = "-made.tar"
        _ = try commands.archive(MadeImage.single("1", tags: ["one"]), name: name)
        #expect(try commands.run("load", "--", name).lines == ["Loaded image: one:latest"])
    }

    @Test func `One image of several is loaded when it is chosen`() throws {
        let run = try commands.run("load", ImageFixture.twoImagesDocker.path + ":@0")
        #expect(run.lines.count == 1)
        #expect(try commands.run("images", "-q").lines.count == 1)
        #expect(try commands.run("load", ImageFixture.twoImagesDocker.path).lines.count == 2)
    }

    @Test func `A name that is asked for is the one that is given`() throws {
        let run = try commands.run("load", "--name", "mine", "-i", commands.archive(.sample()))
        #expect(run.lines == ["Loaded image: mine:latest"])
        let both = try commands.run("load", "--name", "mine", "-i", ImageFixture.twoImagesDocker.path)
        #expect(both.status == 2)
        let bad = try commands.run("load", "--name", "Not A Name", "-i", ImageFixture.mini.path)
        #expect(bad.status == 2)
        #expect(bad.errors.hasPrefix("layerctl: invalid reference \"Not A Name\": "))
    }

    @Test(
        "Nothing is said of progress where nobody watches",
        arguments: [["--progress", "none"], ["--progress", "auto"], []]
    )
    func noProgress(arguments: [String]) throws {
        let run = try LayerctlRun(
            ["load"] + arguments + [commands.archive(.sample())],
            environment: ["LAYERCTL_ROOT": commands.root]
        )
        #expect(run.errorLines == [])
        #expect(run.lines.count == 2)
    }

    @Test func `Plain progress is a line for each step of a layer`() throws {
        let image = try MadeImage.sample()
        let path = try commands.archive(image)
        let run = try commands.run("load", "--jobs", "1", "--progress", "plain", path)
        let short = image.hexDiffIDs.map { String($0.prefix(12)) }
        #expect(
            run.errorLines == [
                "\(short[0]): waiting (2.05kB)", "\(short[1]): waiting (3.58kB)",
                "\(short[1]): unpacked", "\(short[0]): unpacked", "waiting for the disk",
            ]
        )
        let again = try commands.run("load", "--progress", "plain", path)
        let present = short.map { "\($0): already there" }
        #expect(again.errors.split(separator: "\n").map(String.init).prefix(2) == present[...])
        #expect(try commands.run("load", "-q", "--progress", "plain", path).errors.isEmpty)
    }

    @Test func `JSON progress is one object a line, and adds up`() throws {
        let run = try commands.run("load", "--progress", "json", commands.archive(.sample()))
        let events = try run.errorLines.map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        #expect(run.errors.hasPrefix(#"{"event":"planned","layers":2,"present":0,"total":5632}"# + "\n"))
        #expect(events.compactMap { $0["done"] as? Int }.max() == 5632)
        #expect(events.count { $0["event"] as? String == "unpacked" } == 2)
        #expect(events.last?["event"] as? String == "synchronizing")
    }

    @Test func `Quiet is no word on the standard error`() throws {
        let run = try commands.run("load", "-q", "-i", ImageFixture.dockerV24.path)
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        #expect(run.lines.count == 2)
    }

    /// A failure, its exit status and what the line says.
    struct Failure: CustomStringConvertible {
        let arguments: [String]
        let status: Int32
        let words: [String]
        var description: String { arguments.joined(separator: " ") }
    }

    private static func broken(_ reason: String) -> String { ImageFixture.directory + "/should-fail-\(reason).tar" }

    @Test(
        "A failure ends with its status and one line that says what and why",
        arguments: [
            Failure(arguments: ["-i", "absent.tar"], status: 3, words: ["absent.tar", "No such file or directory"]),
            Failure(
                arguments: ["--platform", "linux/riscv64", ImageFixture.multiPlatform.path],
                status: 3,
                words: ["riscv64"]
            ),
            Failure(arguments: [ImageFixture.twoImagesDocker.path + ":@7"], status: 3, words: ["@7"]),
            Failure(arguments: [broken("wrong-diff-id")], status: 5, words: ["layer", "sha256:"]),
            Failure(arguments: [broken("no-manifest")], status: 5, words: ["manifest.json"]),
            Failure(arguments: [broken("layer-count-mismatch")], status: 5, words: ["layer"]),
            Failure(arguments: [broken("entry-dot-dot")], status: 5, words: [".."]),
            Failure(arguments: [broken("truncated-archive")], status: 5, words: ["should-fail-truncated-archive.tar"]),
            Failure(arguments: [broken("reference-with-escape")], status: 5, words: ["\\x1b"]),
            Failure(arguments: [broken("whiteout-of-nothing")], status: 5, words: [".wh."]),
            Failure(arguments: ["/dev/null"], status: 5, words: ["/dev/null"]),
            Failure(arguments: [ImageFixture.foreignLayer.path], status: 1, words: ["https://example.test/layer"]),
        ]
    )
    func failures(failure: Failure) throws {
        let run = try LayerctlRun(
            ["load"] + failure.arguments,
            environment: ["LAYERCTL_ROOT": commands.root],
            directory: commands.folder
        )
        #expect(run.status == failure.status, "\(run.errors)")
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("layerctl: "))
        #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
        for word in failure.words { #expect(run.errors.contains(word), "\(run.errors)") }
        #expect(try commands.run("images", "-q").output.isEmpty)
    }

    @Test(
        "Every broken archive fails with one clean line",
        arguments: try MalformedFixture.all
    )
    func malformed(fixture: MalformedFixture) throws {
        let run = try commands.run("load", fixture.path)
        #expect([1, 3, 5].contains(run.status), "\(run.status) \(run.errors)")
        #expect(run.errors.hasPrefix("layerctl: \(fixture.path): "), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1)
        #expect(run.errors.utf8.allSatisfy { $0 >= 0x20 || $0 == UInt8(ascii: "\n") })
        #expect(run.output.isEmpty)
    }

    @Test func `An empty standard input is damaged, not a success`() throws {
        let run = try commands.run("load", input: [])
        #expect(run.status == 5)
        #expect(run.errors.split(separator: "\n").count == 1)
    }

    @Test func `What was loaded before a failure stays loaded and said`() throws {
        let run = try commands.run("load", commands.archive(.single("1", tags: ["one"])), "absent.tar")
        #expect(run.status == 3)
        #expect(run.lines == ["Loaded image: one:latest"])
        #expect(try commands.run("images", "-q").lines.count == 1)
    }

    @Test("What the disk cannot hold is a warning, and none with quiet", Need.ordinaryUser)
    func warnings() throws {
        let run = try commands.run("load", ImageFixture.dockerV24.path)
        #expect(run.status == 0)
        #expect(run.errors.hasPrefix("layerctl: warning: "))
        #expect(run.errors.contains("device nodes"))
        #expect(try commands.run("load", "-q", ImageFixture.windows.path, "--platform", "windows").errors.isEmpty)
    }

    @Test("A number of jobs must be one or more", arguments: ["0", "-1", "many"])
    func jobs(count: String) throws {
        let run = try commands.run("load", "--jobs=\(count)", ImageFixture.mini.path)
        #expect(run.status == 2)
        #expect(run.errors.contains("Usage: layerctl load"))
    }
}
