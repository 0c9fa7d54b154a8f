import Foundation
import LayerTestKit
import TestImages
import Testing

/// Nothing that an archive says reaches the terminal as it is.
@Suite struct EscapingTests {
    private let commands: CommandStore
    private let image: MadeImage
    private let file: String

    init() throws {
        commands = try CommandStore()
        var image = try MadeImage.single("x", tags: ["app:1"])
        let evil = #"a\u001b[31mred\u0007\u009b31m\u202e\u2028\u007f\r\nnext"#
        image.history = #"[{"created_by":"\#(evil)","comment":"\#(evil)","created":"2024-01-01T00:00:00Z"}]"#
        image.runConfig = #"{"Cmd":["\#(evil)"],"Labels":{"\#(evil)":"\#(evil)"},"Env":["\#(evil)"]}"#
        self.image = image
        file = try commands.archive(image)
        try commands.load(image)
    }

    /// No control but a line feed, none of two bytes, no change of direction, no separator of lines.
    private func expectHarmless(_ text: String, _ comment: Comment) {
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 && scalar != "\n" && scalar != "\t"
            let isHidden = (0x7f...0x9f).contains(scalar.value) || (0x2028...0x202e).contains(scalar.value)
            #expect(!isControl && !isHidden, comment)
        }
    }

    @Test(
        "Output of every kind is harmless",
        arguments: [
            ["history"], ["history", "--no-trunc"], ["history", "--format", "json"], ["history", "--layers"],
            ["history", "--format", "{{.CreatedBy}} {{.Comment}}"], ["history", "--format", "table {{.Comment}}"],
            ["inspect"],
            ["inspect", "--format", "json"], ["inspect", "-f", "{{.Config.Cmd}} {{.Config.Labels}}"],
            ["inspect", "-f", "{{range .Config.Env}}{{.}}{{end}}"], ["inspect", "-f", "{{json .Config}}"],
            ["inspect", "-f", "{{.Comment}}"],
        ]
    )
    func output(arguments: [String]) throws {
        for name in [file, "app:1"] {
            let run = try LayerctlRun(arguments + [name], environment: ["LAYERCTL_ROOT": commands.root])
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.contains("next") || arguments == ["history"] || arguments == ["history", "--layers"])
            expectHarmless(run.output, "\(arguments)")
        }
    }

    @Test func `Line feeds of a command are printed, as Docker prints them, and nothing else is`() throws {
        let run = try commands.run("history", "--no-trunc", "--format", "{{.CreatedBy}}", file)
        #expect(run.lines == [#"a\x1b[31mred\x07\u{9b}31m\u{202e}\u{2028}\x7f\r"#, "next"])
    }

    @Test func `JSON stays JSON, and says the same`() throws {
        for arguments in [
            ["history", "--no-trunc", "--format", "json"], ["inspect"], ["inspect", "-f", "{{json .}}"],
        ] {
            let run = try LayerctlRun(arguments + [file], environment: ["LAYERCTL_ROOT": commands.root])
            let value = try JSONSerialization.jsonObject(with: Data(run.outputBytes))
            let object = try #require(value as? [String: Any] ?? (value as? [[String: Any]])?.first)
            #expect(object["Comment"] as? String == "a\u{1b}[31mred\u{7}\u{9b}31m\u{202e}\u{2028}\u{7f}\r\nnext")
        }
    }

    @Test func `A fixture with controls in its rows is harmless`() throws {
        let run = try commands.run("history", "--no-trunc", ImageFixture.escapeInHistory.path)
        expectHarmless(run.output, "history")
        #expect(run.output.contains(#"\x1b[31mred"#))
    }

    @Test func `What a user writes comes back escaped in errors`() throws {
        for arguments in [
            ["history", "\u{1b}[31m\u{202e}x"], ["history", "--\u{1b}[31m"], ["images", "-f", "\u{1b}=1"],
        ] {
            let run = try LayerctlRun(arguments, environment: ["LAYERCTL_ROOT": commands.root])
            #expect(run.status != 0)
            expectHarmless(run.errors, "\(arguments)")
        }
    }

    @Test func `Names of members and entries come back escaped in errors`() throws {
        var builder = TarBuilder()
        builder.add(name: Array("\u{1b}[31m/../x".utf8))
        builder.end()
        let run = try commands.run("load", commands.archive(MadeImage(tars: [builder.bytes])))
        #expect(run.status == 5)
        expectHarmless(run.errors, "load")
        #expect(run.errors.contains(#"\x1b[31m"#), "\(run.errors)")
    }

    @Test func `No colours and no bars where nobody watches, with NO_COLOR or without`() throws {
        for environment in [
            ["NO_COLOR": "1"], ["NO_COLOR": "", "TERM": "xterm"], ["TERM": "xterm", "FORCE_COLOR": "1"],
        ] {
            for arguments in [
                ["load", file], ["history", file], ["images"], ["history", "absent"], ["--no-such-flag"],
            ] {
                let run = try LayerctlRun(
                    arguments,
                    environment: environment.merging(["LAYERCTL_ROOT": commands.root]) { given, _ in given }
                )
                #expect(!run.output.contains("\u{1b}"))
                #expect(!run.errors.contains("\u{1b}"))
            }
        }
    }
}
