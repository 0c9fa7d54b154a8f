import Foundation
import LayerTestKit
import Testing

/// `check` at the command line.
@Suite struct CheckCommandTests {
    private let commands: CommandStore
    private let image: MadeImage

    init() throws {
        commands = try CommandStore()
        image = try MadeImage([["d/", "d/file=content", "link->d/file"]], tags: ["example.test/app:1"])
        try commands.load(image)
    }

    private var layer: String { "\(commands.root)/layers/sha256/\(image.hexDiffIDs[0])" }

    @Test func `A store that is whole is one line and status 0`() throws {
        let run = try commands.run("check")
        #expect(run.status == 0)
        #expect(run.lines == ["\(commands.root): 1 layer, 1 image, 1 name, intact"])
        #expect(
            try commands.run("check", "--data").lines == [
                "\(commands.root): 1 layer, 1 image, 1 name, 3.07kB read, intact"
            ]
        )
        #expect(try commands.run("check", "--quiet").output.isEmpty)
        #expect(try commands.run("check", environment: ["LAYERCTL_ROOT": commands.folder + "/none"]).status == 0)
    }

    @Test func `A fault is a line that names it and says what to do, and the status is 5`() throws {
        try TestFile.damage(layer + "/tree/d/file", at: 0)
        try TestFile.remove(layer + "/tree/link")
        let run = try commands.run("check", "--data")
        #expect(run.status == 5)
        let name = "layer sha256:\(image.hexDiffIDs[0])"
        #expect(
            run.lines.contains("\(name): /d/file: content (layerctl check --repair --from ARCHIVE)"),
            "\(run.output)"
        )
        #expect(run.lines.contains("\(name): /link: missing (layerctl check --repair --from ARCHIVE)"))
        #expect(run.lines.last?.hasSuffix("faults") == true)
        let quiet = try commands.run("check", "-q")
        #expect(quiet.status == 5 && quiet.output.isEmpty)
    }

    @Test func `JSON has all of it, and a template asks for parts`() throws {
        try TestFile.write([1], to: layer + "/tree/d/new\u{1b}")
        let run = try commands.run("check", "--format", "json")
        #expect(run.status == 5)
        let object = try #require(JSONSerialization.jsonObject(with: Data(run.outputBytes)) as? [String: Any])
        let faults = try #require(object["faults"] as? [[String: Any]])
        #expect(faults.contains { $0["path"] as? String == "/d/new\u{1b}" && $0["reason"] as? String == "unexpected" })
        #expect(faults.allSatisfy { $0["kind"] as? String == "layer" })
        #expect((object["counts"] as? [String: Int])?["layer"] == 1)
        #expect(try commands.run("check", "--format", "{{.intact}} {{len .faults}}").lines == ["false \(faults.count)"])
        #expect(try !commands.run("check").outputBytes.contains(0x1b))
    }

    @Test func `A repair says what it did, and ends with 0 only when all is whole`() throws {
        try TestFile.damage(layer + "/tree/d/file", at: 0)
        let without = try commands.run("check", "--repair", "--data")
        #expect(without.status == 5)
        #expect(without.errors.contains("--from ARCHIVE"))
        let run = try commands.run("check", "--repair", "--data", "--from", commands.folder + "/load.tar")
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(run.lines.first == "layer sha256:\(image.hexDiffIDs[0]): /d/file: put right")
        #expect(try commands.run("verify", "--all").status == 0)
    }

    @Test func `A load that heals says so in a warning`() throws {
        try TestFile.remove(layer + "/tree/d/file")
        let run = try commands.run("load", "-i", commands.folder + "/load.tar")
        #expect(run.status == 0)
        #expect(
            run.errors.contains(
                "layerctl: warning: layer sha256:\(image.hexDiffIDs[0]) was damaged and has been repaired"
            )
        )
        #expect(try commands.run("check", "--data").status == 0)
    }

    @Test("A wrong command line is status 2", arguments: [["--from", "x"], ["--jobs", "0"], ["extra"]])
    func usage(arguments: [String]) throws {
        let run = try LayerctlRun(["check"] + arguments, environment: ["LAYERCTL_ROOT": commands.root])
        #expect(run.status == 2)
    }

    @Test func `What a dead process left is a note and no fault`() throws {
        try TestFile.makeDirectories(commands.root + "/staging/0123/layer")
        try TestFile.write([1], to: commands.root + "/names/.new-1")
        let run = try commands.run("check")
        #expect(run.status == 0)
        #expect(run.lines.filter { $0.hasPrefix("note: ") }.count == 2, "\(run.output)")
    }

    @Test("A store on a disk that cannot be written is checked", MountNeed.mounting, Need.tool("unshare"))
    func readOnly() throws {
        let run = try LayerctlRun(
            shell: """
                unshare -m sh -c "mount --bind '\(commands.root)' '\(commands.root)' && \
                mount -o remount,ro,bind '\(commands.root)' && $layerctl check --data"
                """,
            environment: ["LAYERCTL_ROOT": commands.root]
        )
        #expect(run.status == 0, "\(run.output)\(run.errors)")
    }

    @Test("A layer that is mounted is put right under the mount, and not exchanged", MountNeed.mounting)
    func mounted() throws {
        #expect(try commands.run("create", "--name", "box", "example.test/app:1").status == 0)
        let place = try #require(try commands.run("mount", "box").lines.first)
        defer { _ = try? commands.run("umount", "box") }
        try TestFile.damage(layer + "/tree/d/file", at: 0)
        let archive = commands.folder + "/load.tar"
        #expect(try commands.run("check", "--data", "--repair", "--from", archive).status == 0)
        #expect(try TestFile.list(place) == ["d", "link"])
        try TestFile.damage(layer + "/index", at: 10)
        let run = try commands.run("check", "--repair", "--from", archive)
        #expect(run.status == 5)
        #expect(run.errors.contains("mounted at \(place)"))
        let load = try commands.run("load", "-i", archive)
        #expect(load.status == 4)
        #expect(load.errors.contains("umount it first"))
        #expect(try commands.run("umount", "box").status == 0)
        #expect(try commands.run("check", "--repair", "--from", archive).status == 0)
    }
}
