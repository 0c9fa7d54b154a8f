import Foundation
import LayerTestKit
import Testing

/// The steps of `Tests/peers/tutorial.sh`, which docker takes as well, by each kind of user.
@Suite("tutorial", .serialized, Need.root, BusyboxImage.need, Need.tool("bash"), Need.tool("runc"))
struct TutorialTests {
    private let store: CommandStore
    private let steps: String

    init() throws {
        store = try CommandStore()
        _ = try store.archive(BusyboxImage.make(["etc/passwd=root:x:0:0::/root:/bin/sh"]))
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../peers/tutorial.sh").standardizedFileURL.path
        steps = try store.file("tutorial.sh", TestFile.read(script))
        try TestFile.setMode(0o644, of: steps)
    }

    private func check(_ run: LayerctlRun) {
        #expect(run.status == 0 && run.lines.last == "60 steps, 0 failures", "\(run.output)\(run.errors)")
    }

    @Test("Every step has its outcome for root")
    func root() throws {
        check(
            try LayerctlRun(
                shell: "PROGRAM=$layerctl bash '\(steps)' '\(store.folder)/made.tar'",
                environment: ["LAYERCTL_ROOT": store.root, "LAYERCTL_RUNTIME": "runc"]
            )
        )
    }

    @Test("Every step has its outcome for a user with ranges of numbers", Need.tool("newuidmap"))
    func ranges() throws {
        let script = "PROGRAM=$HOME/layerctl bash '\(steps)' \"$archive\""
        check(try store.runAsOrdinaryUser(ranges: "nobody:200000:65536\n", script))
    }

    @Test("Every step has its outcome for a user with one number")
    func singleID() throws {
        check(try store.runAsOrdinaryUser(ranges: "", "PROGRAM=$HOME/layerctl bash '\(steps)' \"$archive\""))
    }
}
