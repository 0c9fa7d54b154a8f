import Foundation
import LayerTestKit
import Testing

/// `verify` at the command line.
@Suite struct VerifyCommandTests {
    private let commands: CommandStore
    private let image: MadeImage

    init() throws {
        commands = try CommandStore()
        image = try MadeImage([["d/", "d/file=content"]], tags: ["example.test/app:1"])
        try commands.load(image)
    }

    @Test func `What is intact is one line and status 0, in the store and in a file`() throws {
        let run = try commands.run("verify", "example.test/app:1")
        #expect(run.status == 0)
        #expect(run.lines == ["example.test/app:1: 1 layer, 2.56kB, intact"])
        #expect(try commands.run("verify", "--quiet", "--all").output.isEmpty)
        let path = commands.folder + "/saved.tar"
        #expect(try commands.run("save", "-o", path, "example.test/app:1").status == 0)
        #expect(try commands.run("verify", path).lines == ["\(path): 1 layer, 2.56kB, intact"])
    }

    @Test func `What is damaged is named, and the status is 5`() throws {
        try TestFile.damage(commands.root + "/layers/sha256/\(image.hexDiffIDs[0])/tree/d/file", at: 0)
        let run = try commands.run("verify", "--quiet", "example.test/app:1")
        #expect(run.status == 5)
        #expect(run.lines.contains("sha256:\(image.hexDiffIDs[0]): /d/file: content"), "\(run.output)")
        let json = try commands.run("verify", "--all", "--format", "json")
        #expect(json.status == 5)
        let object = try #require(JSONSerialization.jsonObject(with: Data(json.outputBytes)) as? [String: Any])
        #expect(object["intact"] as? Bool == false)
        #expect(try commands.run("verify", "--format", "{{.intact}}", "example.test/app:1").lines == ["false"])
    }

    @Test func `A wrong command line is status 2, what is not there 3`() throws {
        #expect(try commands.run("verify").status == 2)
        #expect(try commands.run("verify", "--all", "example.test/app:1").status == 2)
        #expect(try commands.run("verify", "absent").status == 3)
    }
}
