import LayerTestKit
import TestImages
import Testing

/// The order in which a load asks the disk for things: what a power cut can leave behind follows from it.
@Suite(Need.tool("strace"), Need.tool("bash")) struct DurabilityTests {
    private let commands: CommandStore

    init() throws { commands = try CommandStore() }

    /// The calls of one load that matter, in order, each with the paths of its descriptors.
    private func calls(of archive: String, durability: String = "full") throws -> [String] {
        try calls(by: "load -i '\(archive)'", durability: durability)
    }

    /// The same of any command.
    private func calls(by command: String, durability: String = "full") throws -> [String] {
        let trace = commands.folder + "/trace"
        let run = try LayerctlRun(
            shell: """
                strace -f -y -o '\(trace)' -e trace=syncfs,fsync,renameat,renameat2,write,pwrite64 "$layerctl" \(command)
                """,
            environment: ["LAYERCTL_ROOT": commands.root, "LAYERCTL_DURABILITY": durability]
        )
        try #require(run.status == 0, "\(run.errors)")
        return String(decoding: try TestFile.read(trace), as: UTF8.self).split(separator: "\n").map { line in
            // Without the number of the thread.
            String(line.drop { $0.isNumber }.drop { $0 == " " })
        }
    }

    @Test func `A load waits for its layers, then moves them, then its image, then its names, and then says so`() throws
    {
        let calls = try calls(of: ImageFixture.dockerV24.path)
        func places(_ isMeant: (String) -> Bool) -> [Int] { calls.indices.filter { isMeant(calls[$0]) } }
        let flush = try #require(places { $0.hasPrefix("syncfs(") }.first)
        let written = places { $0.contains("write") && $0.contains("/staging/") }
        let layers = places { $0.hasPrefix("rename") && $0.contains("/layers/sha256>") }
        let image = try #require(places { $0.hasPrefix("rename") && $0.contains("/images/sha256>") }.first)
        let names = places { $0.hasPrefix("rename") && $0.contains("/names/") }
        let said = try #require(places { $0.hasPrefix("write(1<") }.first)
        #expect(layers.count == 6)
        #expect(names.count == 2)
        let (firstLayer, lastLayer) = try (#require(layers.first), #require(layers.last))
        #expect(try #require(written.max()) < flush, "all is written before the wait")
        #expect(flush < firstLayer)
        #expect(
            places { $0.hasPrefix("fsync(") && $0.contains("/layers/sha256>") }.contains {
                $0 > lastLayer && $0 < image
            }
        )
        let firstName = try #require(names.first)
        #expect(
            places { $0.hasPrefix("fsync(") && $0.contains("/images/sha256>") }.contains {
                $0 > image && $0 < firstName
            }
        )
        let lastName = try #require(names.last)
        #expect(places { $0.hasPrefix("fsync(") && $0.contains("/names/") }.contains { $0 > lastName && $0 < said })
    }

    @Test func `A long load lets the disk begin early, and still waits for all at the end`() throws {
        // Bytes behind the end of a tar count (contract L-10), and cost the test least.
        let tar = TarBuilder.tar(try LayerSketch.layer(["file=content"])) + [UInt8](repeating: 0, count: 96 << 20)
        let calls = try calls(of: commands.archive(MadeImage(tars: [tar])))
        let flushes = calls.indices.filter { calls[$0].contains("syncfs") }
        let written = calls.indices.filter { calls[$0].contains("write") && calls[$0].contains("/staging/") }
        let moved = calls.indices.filter { calls[$0].hasPrefix("rename") && calls[$0].contains("/layers/sha256>") }
        #expect(calls.count { $0.hasPrefix("syncfs(") } > 1)
        let last = try #require(flushes.last)
        #expect(try #require(written.max()) < last)
        #expect(try last < #require(moved.first))
    }

    @Test func `A load of what is there changes nothing and waits for nothing`() throws {
        _ = try calls(of: ImageFixture.dockerV24.path)
        let again = try calls(of: ImageFixture.dockerV24.path)
        #expect(!again.contains { $0.contains("sync") || $0.hasPrefix("rename") }, "\(again)")
        #expect(again.contains { $0.hasPrefix("write(1<") })
    }

    @Test(
        "What is written into a container or a volume is on the disk before success is reported",
        arguments: ["put FILE box:/new", "cp FILE box:/new", "put FILE shown:/new", "volume import data TAR"]
    )
    func copies(command: String) throws {
        try commands.load(MadeImage([["f"]], tags: ["app:1"]))
        for name in ["box", "shown"] { #expect(try commands.run("create", "--name", name, "app:1").status == 0) }
        #expect(try commands.run("mount", "--driver", "copy", "shown").status == 0)
        #expect(try commands.run("volume", "create", "data").status == 0)
        let tar = try commands.file("in.tar", TarBuilder.tar(try LayerSketch.layer(["new=content"])))
        let words = command.replacing("FILE", with: "'\(tar)'").replacing("TAR", with: "'\(tar)'")
        let calls = try calls(by: words)
        let moved = try #require(calls.lastIndex { $0.hasPrefix("rename") && $0.contains("new") })
        #expect(calls[moved...].contains { $0.hasPrefix("syncfs(") }, "\(calls)")
    }

    @Test func `Without durability nothing waits for the disk, and all is there`() throws {
        let calls = try calls(of: ImageFixture.dockerV24.path, durability: "none")
        #expect(!calls.contains { $0.contains("sync") }, "\(calls)")
        #expect(calls.contains { $0.hasPrefix("rename") && $0.contains("/layers/sha256>") })
        #expect(try commands.run("verify", "--all").status == 0)
    }

    @Test func `A durability that there is none of is a wrong command line`() throws {
        let run = try commands.run("images", "--durability", "some")
        #expect(run.status == 2)
        #expect(run.errors.contains("some"))
        let line = try LayerctlRun(["images"], environment: ["LAYERCTL_DURABILITY": "some"])
        #expect(line.status == 2)
        #expect(line.errors.contains("LAYERCTL_DURABILITY: 'some' is neither full nor none"))
    }
}

/// What was published without waiting for the disk, met after another mount of its file system: another mount namespace is one.
@Suite(MountNeed.mounting, Need.tool("unshare"), Need.tool("bash")) struct UnsynchronizedLayerTests {
    private let commands: CommandStore
    private let image: MadeImage
    private var layer: String { commands.root + "/layers/sha256/\(image.hexDiffIDs[0])" }

    init() throws {
        commands = try CommandStore()
        image = try MadeImage([["d/", "d/file=content"]], tags: ["example.test/app:1"])
        let archive = try commands.archive(image)
        let run = try commands.run("load", "--durability", "none", "-q", "-i", archive)
        try #require(run.status == 0, "\(run.errors)")
    }

    private var isMarked: Bool {
        get throws {
            String(decoding: try TestFile.read(layer + "/layer.json"), as: UTF8.self).contains("unsynchronizedSession")
        }
    }

    private func runElsewhere(_ line: String) throws -> LayerctlRun {
        try LayerctlRun(shell: "unshare -m \"$layerctl\" \(line)", environment: ["LAYERCTL_ROOT": commands.root])
    }

    @Test func `One that is whole is believed from then on`() throws {
        #expect(try isMarked)
        #expect(try commands.run("create", "--name", "here", "example.test/app:1").status == 0)
        #expect(try isMarked, "nothing was mounted anew")
        #expect(try runElsewhere("create --name elsewhere example.test/app:1").status == 0)
        #expect(try !isMarked)
    }

    @Test func `One that lost content is refused by name, and the next load brings it back`() throws {
        try TestFile.write([], to: layer + "/tree/d/file")
        let run = try runElsewhere("create --name elsewhere example.test/app:1")
        #expect(run.status == 5)
        #expect(run.errors.contains("layer sha256:\(image.hexDiffIDs[0])"), "\(run.errors)")
        #expect(run.errors.contains("load the image again"))
        let archive = try commands.archive(image)
        #expect(try runElsewhere("load -q -i '\(archive)'").status == 0)
        #expect(try TestFile.read(layer + "/tree/d/file") == Array("content".utf8))
        #expect(try runElsewhere("create --name elsewhere example.test/app:1").status == 0)
        #expect(try commands.run("verify", "--all").status == 0)
    }
}
