import Foundation
import LayerTestKit
import Testing

/// Loads of what is made to do harm, by the program as a user runs it.
///
/// Whether anything outside of the layer is touched is shown by `CopyRaceTests`, `UnionLawTests` and the suites of `LayerTree`; here it is what
/// all such archives have in common: how the command ends, what it says, what it leaves and what it takes.
@Suite struct HostileLoadTests {
    /// What a load may take above what the program takes that does nothing.
    private static let mebibytesAboveIdle = 64
    /// The generator's bait: a file of the host that an archive reaches for, with this content.
    private static let canary = (path: "/tmp/hostile-canary", content: "SECRET-CANARY-VALUE")

    private let commands: CommandStore

    init() throws { commands = try CommandStore() }

    @Test(
        "A hostile archive is refused in one line and leaves nothing, or is loaded; either way it takes little memory",
        Need.tool("time"),
        .timeLimit(.minutes(4)),
        arguments: try HostileFile.all()
    )
    func load(hostile: HostileFile) throws {
        let idle = try peak(["--version"]).mebibytes
        let (run, mebibytes) = try peak(["load", "-q", "-i", hostile.path])
        #expect(mebibytes <= idle + Self.mebibytesAboveIdle, "\(mebibytes) MiB, \(idle) of them for nothing")
        #expect(!TestFile.exists(Self.canary.path))
        if run.status == 0 {
            #expect(hostile.mayBeLoaded, "it was loaded")
            let check = try commands.run("verify", "--all", "--format", "json")
            #expect(check.status == 0, "\(check.output) \(check.errors)")
        } else {
            #expect(hostile.mayBeRefused, "\(run.errors)")
            try expectRefusal(run, of: hostile)
        }
    }

    private func expectRefusal(_ run: LayerctlRun, of hostile: HostileFile) throws {
        // Ended by itself, with a status that says something: no signal, no trap.
        #expect((1...5).contains(run.status), "status \(run.status): \(run.errors)")
        let lines = run.errorLines
        #expect(lines.count == 1, "\(run.errors)")
        let line = lines.first ?? ""
        #expect(line.contains(hostile.path), "\(line)")
        #expect(line.count > hostile.path.count + 12, "\(line)")
        #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) }, "\(line)")
        #expect(!line.contains(Self.canary.content))
        // What a store has that nothing was ever loaded into.
        let left = try TreeLines.files(commands.root).compactMap { $0.split(separator: "\t").first }
        #expect(left.allSatisfy { ["format.json", "lock"].contains($0) }, "\(left)")
        #expect(try commands.run("images", "-q").output.isEmpty)
    }

    /// Runs the program, and tells the most memory that it had.
    private func peak(_ arguments: [String]) throws -> (run: LayerctlRun, mebibytes: Int) {
        let report = commands.folder + "/peak"
        let words = arguments.map { "'\($0)'" }.joined(separator: " ")
        let time = try #require(Need.find("time"))
        let run = try LayerctlRun(
            shell: "'\(time)' -q -f %M -o '\(report)' \"$layerctl\" \(words)",
            environment: ["LAYERCTL_ROOT": commands.root]
        )
        let kibibytes = String(decoding: try TestFile.read(report), as: UTF8.self).split(separator: "\n").last
        return (run, try #require(kibibytes.flatMap { Int($0) }) / 1024)
    }
}
