import Foundation
import LayerTestKit
import Testing

/// `--limit`, `LAYERCTL_LIMITS`, and what is written about limits.
@Suite struct LimitCommandTests {
    private let commands: CommandStore
    private let file: String

    init() throws {
        commands = try CommandStore()
        file = try commands.file("made.tar", MadeImage([["a=1", "b=2"]]).archive)
    }

    private func run(_ arguments: [String], environment: [String: String] = [:]) throws -> LayerctlRun {
        let all = environment.merging(["LAYERCTL_ROOT": commands.root]) { given, _ in given }
        return try LayerctlRun(arguments, environment: all)
    }

    @Test(
        "Each verb that reads a file takes limits",
        arguments: [
            ["load"], ["history"], ["inspect"], ["verify"], ["diff", "scratch.tar"], ["ls"], ["audit"], ["waste"],
            ["import"],
        ]
    )
    func verbs(verb: [String]) throws {
        let other = try commands.file("scratch.tar", MadeImage([["c=1"]]).archive)
        let arguments = Array(verb[..<1]) + [file] + (verb.count > 1 ? [other] : [])
        let good = try run(arguments)
        let bad = try run(arguments + ["--limit", "entries=1"])
        #expect(good.status == 0 || verb == ["diff", "scratch.tar"] && good.status == 1, "\(good.errors)")
        #expect(bad.status == 5, "\(bad.errors)")
        #expect(bad.errors.contains("--limit entries=N allows more"), "\(bad.errors)")
        #expect(bad.errors.contains("made.tar") || bad.errors.contains("scratch.tar"), "\(bad.errors)")
    }

    @Test("The environment sets limits, and the command line wins over it")
    func environment() throws {
        let environment = ["LAYERCTL_LIMITS": "entries=1,json-bytes=1MiB"]
        #expect(try run(["history", file], environment: environment).status == 5)
        let won = try run(["history", file, "--limit", "entries=unlimited"], environment: environment)
        #expect(won.status == 0, "\(won.errors)")
        let bad = try run(["history", file], environment: ["LAYERCTL_LIMITS": "entries"])
        #expect(bad.status == 2)
        #expect(bad.errors.contains("LAYERCTL_LIMITS: no NAME=VALUE: entries"))
    }

    @Test(
        "What is no limit is a mistake of who wrote it",
        arguments: [
            ("files=1", "no such limit: files (there are entries, names, "),
            ("entries=many", "no value for limit entries"),
            ("entries", "no NAME=VALUE: entries"), ("depth=1000000", "limit depth can be 2048 at most"),
            ("free-bytes=unlimited", "no value for limit free-bytes"), ("entries=-1", "no value for limit entries"),
        ]
    )
    func mistakes(argument: String, reason: String) throws {
        let ended = try run(["history", file, "--limit", argument])
        #expect(ended.status == 2)
        #expect(ended.errors.contains(reason), "\(ended.errors)")
    }

    @Test("info lists the limits in force, and says which are not as usual")
    func info() throws {
        let changed = ["--limit", "entries=7", "--limit", "json-bytes=8MiB"]
        #expect(try run(["info"] + changed).lines.last == "Limits: entries=7, json-bytes=8MiB")
        let format = ["--format", "{{.Limits}}"]
        #expect(try run(["info"] + changed + format).output.contains("entries:7 "))
        let table = try run(["info", "--limits"] + changed).lines
        #expect(table.first?.hasPrefix("NAME") == true)
        #expect(table.contains { $0.hasPrefix("entries ") && $0.contains(" 7 ") && $0.contains(" 2000000 ") })
        #expect(try run(["load", "--help"]).output.contains("zstd-window=128MiB"))
    }

    @Test("The page about limits has the table that the program has")
    func page() throws {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = package.appendingPathComponent("Sources/LayerKit/LayerKit.docc/Limits.md").path
        let page = String(decoding: try TestFile.read(path), as: UTF8.self)
        let written = page.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
        let rows = try run(["info", "--limits"]).lines.dropFirst().map { line in
            let cells = line.split(separator: "   ").map { $0.trimmingCharacters(in: .whitespaces) }
            return "| `\(cells[0])` | \(cells[2]) | \(cells[3]) | \(cells[4]) |"
        }
        #expect(written == rows)
    }
}
