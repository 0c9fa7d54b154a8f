import LayerTestKit
import Testing

/// A system call that fails ends a command with an error that names the file and the reason, and with no status of success.
@Suite(Need.tool("strace"), Need.tool("bash")) struct FailingCallTests {
    private let commands: CommandStore

    init() throws {
        commands = try CommandStore()
        try commands.load(MadeImage([["d/", "d/file=1"]], tags: ["app:1"]))
        _ = try commands.file("file", Array("new".utf8))
        #expect(try commands.run("create", "--name", "box", "app:1").status == 0)
        #expect(try commands.run("put", commands.folder + "/file", "box:/new").status == 0)
        #expect(try commands.run("volume", "create").status == 0)
    }

    /// Runs a command in which some calls fail.
    private func run(_ command: String, _ calls: String, _ code: String) throws -> LayerctlRun {
        try LayerctlRun(
            shell: """
                strace -f -qq -o /dev/null -e trace=\(calls) -e inject=\(calls):error=\(code) "$layerctl" \(command)
                """,
            environment: ["LAYERCTL_ROOT": commands.root]
        )
    }

    @Test(
        "The error names the file",
        arguments: [
            ("commit box full:1", "pwrite64,write", "ENOSPC", "No space left on device"),
            ("commit box full:1", "fchmod", "EROFS", "Read-only file system"),
            ("create app:1", "fsync", "EIO", "Input/output error"),
        ]
    )
    func named(command: String, calls: String, code: String, words: String) throws {
        // What goes to the terminal is written by the same call.
        let failed = try run(command + " 2> '\(commands.folder)/errors'", calls.replacing(",write", with: ""), code)
        let errors = String(decoding: try TestFile.read(commands.folder + "/errors"), as: UTF8.self)
        #expect(failed.status == 1)
        #expect(errors.contains(commands.root + "/") && errors.contains("\": \(words)"), "\(errors)")
        #expect(try commands.run("check", "--data").status == 0)
    }

    @Test(
        "What a check cannot read it calls neither changed nor a stranger",
        arguments: [("openat2", ":when=1+", "layers"), ("openat", ":when=2+", "names")]
    )
    func unreadable(call: String, times: String, place: String) throws {
        let only = place == "names" ? "-P '\(commands.root)/names'" : ""
        let failed = try LayerctlRun(
            shell: """
                strace -f -qq -o /dev/null \(only) -e trace=\(call) -e inject=\(call):error=EIO\(times) \
                    "$layerctl" check --data
                """,
            environment: ["LAYERCTL_ROOT": commands.root]
        )
        #expect(failed.status == 5, "\(failed.errors)")
        #expect(failed.output.contains("Input/output error"), "\(failed.output)")
        #expect(!failed.output.contains("unexpected") && !failed.output.contains(": content"), "\(failed.output)")
        #expect(try commands.run("check", "--data").status == 0)
    }

    @Test("A container whose record cannot be read is not called unmounted")
    func unreadableCheckout() throws {
        let id = try #require(try commands.run("ps", "-aq", "--no-trunc").lines.first)
        #expect(try commands.run("mount", "--driver", "copy", "box").status == 0)
        let failed = try LayerctlRun(
            shell: """
                strace -f -qq -o /dev/null -P '\(commands.root)/containers/\(id)/container.json' -e trace=pread64 \
                    -e inject=pread64:error=EIO "$layerctl" umount box
                """,
            environment: ["LAYERCTL_ROOT": commands.root]
        )
        #expect(failed.status == 1 && failed.errors.contains("Input/output error"), "\(failed.errors)")
        #expect(try commands.run("umount", "box").status == 0)
    }

    @Test("Prune goes on when one thing cannot go, and does not end as if it had", arguments: ["volume", "container"])
    func prune(kind: String) throws {
        let failed = try run("\(kind) prune -f", "renameat,renameat2", "EIO")
        #expect(failed.status == 1, "\(failed.output)")
        #expect(failed.errors.contains("Input/output error"), "\(failed.errors)")
        #expect(failed.lines.last == "Total reclaimed space: 0B")
        #expect(try commands.run(kind, "prune", "-f").status == 0)
    }

    @Test("Why the work failed is said also where the output is full")
    func fullOutput() throws {
        let bad = try commands.file("bad.tar", Array("no archive".utf8))
        let good = try commands.file("good.tar", MadeImage([["e/"]], tags: ["good:1"]).archive)
        let run = try LayerctlRun(
            shell: #""$layerctl" load -q '\#(good)' '\#(bad)' > /dev/full"#,
            environment: ["LAYERCTL_ROOT": commands.root]
        )
        #expect(run.status != 0)
        #expect(run.errors.contains("bad.tar") && run.errors.contains("No space left on device"), "\(run.errors)")
    }
}
