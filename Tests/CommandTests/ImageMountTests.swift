import LayerTestKit
import Testing

/// An image that is shown as a directory.
@Suite(Need.root) struct ImageMountTests {
    @Test func `It stays while it is shown, at its own place or at another one`() throws {
        let commands = try CommandStore()
        try commands.load(
            try MadeImage([["a=1"], ["b=2"]], tags: ["app:1"]),
            try MadeImage([["a=1"]], tags: ["base:1"])
        )
        let other = try ScratchDirectory()
        for target in [[], [other.path]] {
            let words = ["mount", "app:1"] + target
            let mounted = try LayerctlRun(words, environment: ["LAYERCTL_ROOT": commands.root])
            #expect(mounted.status == 0, "\(mounted.errors)")
            let place = try #require(mounted.lines.first)
            let refused = try commands.run("rmi", "-f", "app:1")
            #expect(refused.status == 4)
            #expect(refused.errors.contains("(cannot be forced) - image is mounted at \(place)"), "\(refused.errors)")
            #expect(try commands.run("rmi", "--dry-run", "base:1").status == 0)
            #expect(try commands.run("umount", place).status == 0)
        }
        #expect(try commands.run("rmi", "app:1").status == 0)
        #expect(try commands.run("rmi", "base:1").status == 0)
    }

    @Test func `A place that was made for it goes again when it cannot be shown`() throws {
        let commands = try CommandStore()
        try commands.load(try MadeImage([["a=1"]], tags: ["app:1"]))
        let run = try commands.run("mount", "--driver", "copy", "app:1")
        #expect(run.status == 2)
        let mounts = commands.root + "/mounts"
        #expect(try !TestFile.exists(mounts) || TestFile.list(mounts).isEmpty)
    }
}
