import Foundation
import ImageSpec
import LayerTestKit
import TestImages
import Testing

/// Contract 3.1: `history` prints what `docker history` prints, from a file and from the store.
@Suite struct HistoryCommandTests {
    private let commands: CommandStore
    private let image: MadeImage
    private let file: String

    init() throws {
        commands = try CommandStore()
        image = try .sample()
        file = try commands.archive(image)
        try commands.load(image)
    }

    /// Runs `history` on the file and on the name, which must give the same.
    private func history(_ arguments: String...) throws -> [String] {
        let runs = try [file, "example.test/app:1.0", image.shortID].map { name in
            try LayerctlRun(
                ["history"] + arguments + [name],
                environment: ["LAYERCTL_ROOT": commands.root],
                directory: commands.folder
            )
        }
        for run in runs {
            #expect(run.status == 0)
            #expect(run.errors.isEmpty, "\(run.errors)")
            #expect(run.output == runs[0].output)
        }
        return runs[0].lines
    }

    @Test func `The table has Docker's columns, widths and texts`() throws {
        #expect(
            try history() == [
                "IMAGE          CREATED   CREATED BY                                      SIZE      COMMENT",
                "\(image.shortID)   N/A       RUN make                                        1.23kB    ",
                "<missing>      N/A       ENV A=b                                         0B        ",
                "<missing>      N/A       /bin/sh -c #(nop) ADD file:0123456789abcdef …   5B        base",
            ]
        )
    }

    @Test func `Ages are those of Docker`() throws {
        var aged = try MadeImage([], tags: ["aged"])
        let hour = 3600.0
        let ages = [
            (0.5 * hour, "30 minutes ago"), (5 * hour, "5 hours ago"), (72 * hour, "3 days ago"),
            (24 * 21 * hour, "3 weeks ago"), (24 * 95 * hour, "3 months ago"), (24 * 365 * 4.2 * hour, "4 years ago"),
        ]
        let rows = ages.map { age, _ in
            let date = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: -age - 20))
            return #"{"created":"\#(date)","empty_layer":true}"#
        }
        aged.history = "[\(rows.joined(separator: ","))]"
        let run = try commands.run("history", "--format", "{{.CreatedSince}}", commands.archive(aged, name: "aged.tar"))
        #expect(run.lines == ages.map(\.1).reversed())
    }

    @Test func `Nothing is shortened when that is asked for`() throws {
        let width = 71
        let header = "IMAGE".padding(toLength: width + 3, withPad: " ", startingAt: 0)
        let command = "/bin/sh -c #(nop) ADD file:0123456789abcdef in /"
        func pad(_ text: String, _ count: Int) -> String { text.padding(toLength: count, withPad: " ", startingAt: 0) }
        #expect(
            try history("--no-trunc") == [
                header + "CREATED   " + pad("CREATED BY", command.count + 3) + "SIZE      COMMENT",
                image.fullID + "   N/A       " + pad("RUN make", command.count + 3) + "1.23kB    ",
                pad("<missing>", width + 3) + "N/A       " + pad("ENV A=b", command.count + 3) + "0B        ",
                pad("<missing>", width + 3) + "N/A       " + command + "   5B        base",
            ]
        )
    }

    @Test("Sizes and times are plain when that is asked for", arguments: ["--human=false", "-H=false", "--no-human"])
    func plain(flag: String) throws {
        #expect(
            try history(flag) == [
                "IMAGE          CREATED AT             CREATED BY                                      SIZE      COMMENT",
                "\(image.shortID)   1970-01-01T00:00:00Z   RUN make                                        1234      ",
                "<missing>      1999-01-02T03:04:06Z   ENV A=b                                         0         ",
                "<missing>      1999-01-02T03:04:05Z   /bin/sh -c #(nop) ADD file:0123456789abcdef …   5         base",
            ]
        )
    }

    @Test func `Flags that say what holds anyway change nothing`() throws {
        let table = try history()
        for flag in ["-H", "--human", "--human=true", "--no-trunc=false", "--quiet=false", "--format=table"] {
            #expect(try history(flag) == table)
        }
    }

    @Test func `Times are in the local zone`() throws {
        let run = try commands.run(
            "history",
            "--human=false",
            "--format",
            "{{.CreatedAt}}",
            file,
            environment: ["TZ": "XYZ-5:30"]
        )
        #expect(run.lines == ["1970-01-01T05:30:00+05:30", "1999-01-02T08:34:06+05:30", "1999-01-02T08:34:05+05:30"])
    }

    @Test("Only IDs are printed when that is asked for", arguments: ["-q", "--quiet", "--quiet=true"])
    func quiet(flag: String) throws {
        #expect(try history(flag) == [image.shortID, "<missing>", "<missing>"])
        #expect(try history(flag, "--no-trunc") == [image.fullID, "<missing>", "<missing>"])
    }

    @Test func `JSON is one object a row, with sorted keys and texts only`() throws {
        #expect(
            try history("--format", "json") == [
                #"{"Comment":"","CreatedAt":"1970-01-01T00:00:00Z","CreatedBy":"RUN make","CreatedSince":"N/A","ID":"\#(image.shortID)","Size":"1.23kB"}"#,
                #"{"Comment":"","CreatedAt":"1999-01-02T03:04:06Z","CreatedBy":"ENV A=b","CreatedSince":"N/A","ID":"\u003cmissing\u003e","Size":"0B"}"#,
                #"{"Comment":"base","CreatedAt":"1999-01-02T03:04:05Z","CreatedBy":"/bin/sh -c #(nop) ADD file:0123456789abcdef …","CreatedSince":"N/A","ID":"\u003cmissing\u003e","Size":"5B"}"#,
            ]
        )
    }

    @Test func `Templates print their fields, with or without a table`() throws {
        #expect(
            try history("--format", "{{.ID}}|{{.Size}}") == ["\(image.shortID)|1.23kB", "<missing>|0B", "<missing>|5B"]
        )
        #expect(
            try history("--format", "table {{.Size}}\\t{{.ID}}") == [
                "SIZE      IMAGE", "1.23kB    \(image.shortID)", "0B        <missing>", "5B        <missing>",
            ]
        )
    }

    @Test func `A field that is not there, or a template that is none, is a usage error on one line`() throws {
        for template in ["{{.Nothing}}", "{{.ID", "{{nothing .ID}}"] {
            let run = try commands.run("history", "--format", template, file)
            #expect(run.status == 2)
            #expect(run.errors.hasPrefix("layerctl: template"), "\(run.errors)")
            #expect(run.errors.split(separator: "\n").count == 1)
            #expect(run.output.isEmpty)
        }
    }

    @Test func `Layers are shown with their digests and stored sizes when that is asked for`() throws {
        let digests = image.hexDiffIDs.map { String($0.prefix(12)) }
        let rows = try history("--layers", "--format", "{{.DiffID}} {{.CompressedSize}} {{.Files}}")
        #expect(rows == ["\(digests[1]) 3.58kB 1", "  ", "\(digests[0]) 2.05kB 1"])
        let table = try commands.run("history", "--layers", image.shortID).lines
        #expect(table[0].contains("DIFF ID        BLOB           COMPRESSED   FILES     COMMENT"), "\(table[0])")
        #expect(table[1].contains("\(digests[1])   \(digests[1])   3.58kB       1"), "\(table[1])")
        let whole = try history(
            "--layers",
            "--no-trunc",
            "--human=false",
            "--format",
            "{{.DiffID}} {{.CompressedSize}}"
        )
        #expect(whole[0] == "sha256:\(image.hexDiffIDs[1]) 3584")
    }

    @Test func `A quick look at a file reads no layer and marks its sizes`() throws {
        let run = try commands.run("history", "--quick", "--format", "{{.Size}}", file)
        #expect(run.lines == ["3.58kB (compressed)", "0B", "2.05kB (compressed)"])
        let stored = try commands.run("history", "--quick", "--format", "{{.Size}}", image.shortID)
        #expect(stored.lines == ["1.23kB", "0B", "5B"])
    }

    @Test func `A layer that is not in the file has no size`() throws {
        let run = try commands.run("history", "--format", "{{.Size}}", ImageFixture.foreignLayer.path)
        #expect(run.status == 0)
        #expect(run.lines == ["unknown"])
    }

    @Test func `An image without a history has a heading only, or a row for each layer`() throws {
        let run = try commands.run("history", ImageFixture.noHistory.path)
        #expect(run.lines == ["IMAGE     CREATED   CREATED BY   SIZE      COMMENT"])
        #expect(try commands.run("history", "-q", ImageFixture.noHistory.path).output.isEmpty)
        #expect(try commands.run("history", "-q", "--layers", ImageFixture.noHistory.path).lines.count == 1)
    }

    @Test func `The platform is chosen of several, and one that is not there is not found`() throws {
        let path = ImageFixture.multiPlatform.path
        let amd = try commands.run("history", "-q", "--no-trunc", "--platform", "linux/amd64", path)
        #expect(amd.lines.first == (try FixtureFacts.read().imageID))
        let arm = try commands.run("history", "-q", "--no-trunc", "--platform", "linux/arm64", path)
        #expect(arm.status == 0)
        #expect(arm.lines.first != amd.lines.first)
        #expect(try commands.run("history", "--platform", "linux/riscv64", path).status == 3)
        #expect(try commands.run("history", "--platform", "linux/amd64", "example.test/app").status == 0)
        let wrong = try commands.run("history", "--platform", "linux/s390x", "example.test/app")
        #expect(wrong.status == 3)
        #expect(
            wrong.errors
                == "layerctl: image with reference example.test/app was found but does not match the specified platform: wanted linux/s390x\n"
        )
        #expect(try commands.run("history", "--platform", "no/such/thing/at/all", path).status == 2)
    }

    @Test("The app image has the same history from every form of file", arguments: ImageFixture.app)
    func app(fixture: ImageFixture) throws {
        func history(_ fixture: ImageFixture) throws -> [String] {
            try commands.run("history", "--human=false", "--no-trunc", "--platform", "linux/amd64", fixture.path).lines
        }
        let lines = try history(fixture)
        #expect(lines.count == (try FixtureFacts.read().historyCount) + 1)
        #expect(try lines == history(.dockerV24))
    }

    @Test func `An archive on the standard input has the same history`() throws {
        let piped = try commands.run("history", "-", input: image.archive)
        #expect(piped.lines == (try history()))
    }

    @Test func `A file of several images wants a choice, and says which there are`() throws {
        let path = ImageFixture.twoImagesDocker.path
        let run = try commands.run("history", path)
        #expect(run.status == 4)
        #expect(run.errors.contains("@0") && run.errors.contains("@1"), "\(run.errors)")
        #expect(try commands.run("history", path + ":@1").status == 0)
    }
}
