import Foundation
import LayerTestKit
import Testing

/// Commands that are killed, and calls that fail, at a few of the points that the scripts in `Tests/faults` try one by one.
@Suite(.serialized, Need.tool("gcc"), Need.tool("python3"), Need.tool("strace"), Need.tracing)
struct FaultTests {
    @Test("What was interrupted is whole or absent, nothing else is lost, and the command works again")
    func crashes() throws { try run("crashpoints.py", "--commands", "8", "--points", "6", "--recoveries", "2") }

    @Test("A call that fails ends in an error that names it, and leaves the store as it was")
    func failures() throws { try run("errnos.py", "--commands", "6", "--points", "8") }

    private func run(_ script: String, _ options: String...) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let path = folder.appendingPathComponent("faults/\(script)").path
        let words = ([path, "--seed", "1"] + options).map { "'\($0)'" }.joined(separator: " ")
        let run = try LayerctlRun(shell: "LAYERCTL=\"$layerctl\" exec python3 -B \(words)")
        #expect(run.status == 0, "\(run.output)\(run.errors)")
    }
}
