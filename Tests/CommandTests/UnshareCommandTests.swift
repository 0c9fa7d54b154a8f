import Foundation
import LayerSystem
import LayerTestKit
import Testing

@Suite("unshare", .enabled(if: (try? UserNamespace.probe()) != nil, "needs user namespaces"))
struct UnshareCommandTests {
    private func run(_ words: String..., environment: [String: String] = [:]) throws -> LayerctlRun {
        try LayerctlRun(words, environment: environment)
    }

    @Test("the command's arguments, output and status are its own, with and without dashes before it")
    func command() throws {
        let script = #"echo "$@"; exit 7"#
        for words in [["unshare", "--"], ["unshare"]] {
            let run = try LayerctlRun(
                words + ["sh", "-c", script, "sh", "--quiet=true", "--root", "x", "--", "--help"]
            )
            #expect(run.output == "--quiet=true --root x -- --help\n")
            #expect(run.status == 7)
            #expect(run.errors.isEmpty)
        }
    }

    @Test("without a command it is the user's shell")
    func shell() throws {
        #expect(try run("unshare", environment: ["SHELL": "/bin/false"]).status == 1)
        #expect(try run("unshare", environment: ["SHELL": "/bin/true"]).status == 0)
    }

    @Test("a command that is not there, or is none, is told as env(1) tells it")
    func missing() throws {
        let missing = try run("unshare", "no-such-command")
        #expect(missing.status == 127)
        #expect(missing.errors == "layerctl: exec \"no-such-command\": No such file or directory\n")
        #expect(try run("unshare", "/etc/passwd").status == 126)
    }

    @Test("the store is the command's too", arguments: [["--root", "/x"], ["--root=/x"]])
    func root(_ option: [String]) throws {
        let words = ["sh", "-c", "echo $LAYERCTL_ROOT"]
        #expect(try LayerctlRun(["unshare"] + option + words).lines == ["/x"])
        #expect(try LayerctlRun(option + ["unshare", "--"] + words).lines == ["/x"])
    }

    @Test("what is mounted there is not seen outside", Need.tool("mount"))
    func mounts() throws {
        let scratch = try ScratchDirectory()
        let run = try run(
            "unshare",
            "sh",
            "-c",
            "mount -t tmpfs none '\(scratch.path)' && touch '\(scratch.path)/x' && ls '\(scratch.path)'"
        )
        #expect(run.lines == ["x"], "\(run.errors)")
        #expect(try TestFile.list(scratch.path) == [])
    }

    @Test("an ordinary user is root there, also when it is entered twice", Need.ordinaryUser)
    func ordinaryUser() throws {
        let once = try run("unshare", "sh", "-c", "id -u; cat /proc/self/uid_map; echo $LAYERCTL_NAMESPACE")
        #expect(once.lines.first == "0")
        let words = ["sh", "-c", "id -u; cat /proc/self/uid_map; echo $LAYERCTL_NAMESPACE"]
        #expect(try LayerctlRun(["unshare", LayerctlRun.programPath, "unshare"] + words).lines == once.lines)
        #expect(["ranges", "single-id"].contains(once.lines.last))
    }

    @Test("the help tells which users there would be")
    func help() throws {
        let run = try run("unshare", "--help")
        #expect(run.status == 0)
        #expect(run.output.contains("Here and\nnow: ") || run.output.contains("Here and now: "))
        #expect(run.output.contains("USAGE: layerctl unshare [--root <dir>] [--] [<command> ...]"))
    }
}
