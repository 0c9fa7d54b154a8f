import Foundation
import LayerTestKit
import Testing

/// `bench`: every work gives a figure, nothing is left, and the figures come out as they are asked for.
@Suite struct BenchCommandTests {
    /// So small that all works take a second.
    private static let tiny = [
        "--files", "20", "--file-size", "100", "--layers", "2", "--large-size", "64k", "--depths", "1,3", "--runs", "1",
    ]
    private static let works: Set = [
        "unpack", "load-again", "verify", "checkout", "save", "mount", "umount", "stat-walk", "list", "read-seq",
        "read-random", "copy-up-small", "copy-up-large", "append", "whiteout", "create", "diff", "commit", "deep",
    ]
    private static let ofStore: Set = ["unpack", "load-again", "verify", "checkout", "save"]
    static let ranges = "nobody:200000:1000\n65534:400000:10\n"
    private let commands: CommandStore

    init() throws { commands = try CommandStore(inMemory: true) }

    private func bench(_ arguments: [String]) throws -> LayerctlRun {
        try LayerctlRun(
            ["bench"] + arguments,
            environment: ["LAYERCTL_ROOT": commands.root, "TMPDIR": commands.folder],
            directory: commands.folder
        )
    }

    private func object(_ bytes: [UInt8]) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    /// Expects a figure above nothing of every work, of each driver where drivers take part.
    private func expectAll(_ report: [String: Any], _ drivers: [String], caches: [String] = ["warm"]) throws {
        let figures = try #require(report["figures"] as? [[String: Any]])
        for work in Self.works {
            for cache in caches {
                let found = figures.filter { $0["work"] as? String == work && $0["cache"] as? String == cache }
                let named = found.map { $0["driver"] as? String ?? "-" }
                let wanted = Self.ofStore.contains(work) ? ["-"] : work == "deep" ? drivers + drivers : drivers
                #expect(named.sorted() == wanted.sorted(), "\(work) \(cache): \(report["leftOut"] ?? "")")
                for figure in found {
                    let seconds = try #require(figure["seconds"] as? [String: Double])
                    #expect(seconds.values.allSatisfy { $0 > 0 }, "\(work): \(seconds)")
                    #expect(figure["amount"] as? Int ?? 0 > 0, "\(work)")
                }
            }
        }
        #expect(report["fileSystem"] as? String != "")
    }

    private func expectNothingLeft() throws {
        let left = try TestFile.list(commands.folder).filter { $0.hasPrefix(".layerctl-bench") || $0 == "store" }
        #expect(left.isEmpty)
    }

    @Test(
        "Every work gives a figure for each driver that works here",
        Need.root,
        arguments: ["overlay", "fuse", "copy"]
    )
    func driver(name: String) throws {
        let run = try bench(Self.tiny + ["--driver", name, "--format", "json"])
        #expect(run.status == 0, "\(run.errors)")
        let report = try object(run.outputBytes)
        let drivers = try #require(report["drivers"] as? [String])
        // What cannot be mounted here, as fuse in a container, is said and no failure of the rest.
        if !drivers.isEmpty { try expectAll(report, [name]) }
        try expectNothingLeft()
    }

    @Test func `Without drivers named all are tried, and the others are left out with a reason`() throws {
        let run = try bench(Self.tiny + ["--warm", "--cold", "--format", "json"])
        #expect(run.status == 0, "\(run.errors)")
        let report = try object(run.outputBytes)
        let drivers = try #require(report["drivers"] as? [String])
        #expect(drivers.contains("copy"))
        try expectAll(report, drivers, caches: ["warm", "cold"])
        // In memory, as here.
        #expect(["nothing", "everything", "contents"].contains(report["coldness"] as? String))
        let left = try #require(report["leftOut"] as? [[String: Any]])
        #expect(Set(left.compactMap { $0["driver"] as? String } + drivers) == ["overlay", "userns", "fuse", "copy"])
        try expectNothingLeft()
    }

    @Test(
        "An ordinary user measures all works, with ranges of numbers and without",
        Need.root,
        arguments: [nil, BenchCommandTests.ranges]
    )
    func ordinaryUser(ranges: String?) throws {
        _ = try commands.archive(MadeImage([["a=1"]]))
        let words = Self.tiny.joined(separator: " ")
        let run = try commands.runAsOrdinaryUser(
            ranges: ranges,
            """
            L bench \(words) --warm --cold --format json
            ls -A . >&2
            """
        )
        #expect(run.status == 0, "\(run.errors)")
        let report = try object(run.outputBytes)
        let drivers = try #require(report["drivers"] as? [String])
        #expect(drivers.contains("userns") && drivers.contains("copy"), "\(report["leftOut"] ?? "")")
        try expectAll(report, drivers, caches: ["warm", "cold"])
        #expect(!run.errors.contains(".layerctl-bench"), "\(run.errors)")
    }

    @Test(
        "A file system is made for it and goes again",
        Need.root,
        arguments: ["tmpfs", "loop:ext4", "loop:xfs", "loop:btrfs"]
    )
    func place(name: String) throws {
        let type = String(name.split(separator: ":").last ?? "")
        guard name == "tmpfs" || Need.find("mkfs.\(type)") != nil else { return }
        let devices = try losetup()
        let run = try bench(
            Self.tiny + ["mount", "unpack", "read-seq", "--driver", "copy", "--on", name, "--format", "json"]
        )
        #expect(run.status == 0, "\(run.errors)")
        let report = try object(run.outputBytes)
        #expect(report["fileSystem"] as? String == type)
        #expect(report["place"] as? String == name)
        #expect((report["figures"] as? [Any])?.count == 3)
        #expect(try losetup() == devices)
        try expectNothingLeft()
    }

    /// The loop devices behind files of this test.
    private func losetup() throws -> Int {
        let run = try LayerctlRun(
            shell: "PATH=$PATH:/usr/sbin:/sbin losetup --list --noheadings --output BACK-FILE | cat"
        )
        return run.lines.count { $0.contains(commands.folder) }
    }

    @Test func `An image of the user is measured, from a file and from the store`() throws {
        let image = try MadeImage([["d/", "d/f=content", "g=more"]], tags: ["example.test/app:1"])
        let path = try commands.archive(image)
        try commands.load(image)
        for name in [path, "example.test/app:1"] {
            let words = ["--image", name, "--runs", "1", "--driver", "copy", "unpack", "copy-up-large", "diff"]
            let run = try bench(words + ["--format", "json"])
            #expect(run.status == 0, "\(run.errors)")
            let report = try object(run.outputBytes)
            let facts = try #require(report["image"] as? [String: Any])
            #expect(facts["name"] as? String == name && facts["bytes"] as? Int == 11)
            #expect((report["figures"] as? [Any])?.count == 3, "\(report["leftOut"] ?? "")")
        }
        #expect(try commands.run("images", "-q").lines.count == 1)
        #expect(try commands.run("ps", "-a", "-q").lines.isEmpty)
        #expect(try bench(["--image", "absent", "unpack"]).status == 3)
        #expect(try commands.run("check").status == 0)
    }

    @Test func `A report is a table, is saved, and is compared`() throws {
        let (old, new) = (commands.folder + "/old.json", commands.folder + "/new.json")
        let words = ["verify", "save", "--runs", "3", "--files", "10", "--layers", "1", "--large-size", "4k"]
        let run = try bench(words + ["-o", old])
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        #expect(run.lines.first?.hasPrefix("WORK      DRIVER    MEDIAN") == true, "\(run.output)")
        #expect(run.lines.dropFirst().prefix(2).map { $0.prefix(12) } == ["verify    - ", "save      - "])
        #expect(run.output.contains("3 runs"))
        let saved = try TestFile.read(old)
        #expect(try object(saved)["schema"] as? String == "layerctl-bench/1")
        try TestFile.write(saved, to: new)
        let same = try bench(["compare", old, new, "--max-slowdown", "1.01"])
        #expect(same.status == 0 && same.errors.isEmpty, "\(same.errors)")
        #expect(same.lines.count == 3 && same.lines.dropFirst().allSatisfy { $0.hasSuffix("same") }, "\(same.output)")
        try slowDown(new)
        let slower = try bench(["compare", old, new, "--max-slowdown", "1.2"])
        #expect(slower.status == 1)
        #expect(
            slower.errors.contains("layerctl: verify takes 10.000 times as long, more than 1.2"),
            "\(slower.errors)"
        )
        let json = try object(bench(["compare", old, new, "--format", "json", "--max-slowdown", "20"]).outputBytes)
        #expect(json["exceeded"] as? [String] == [])
        let rows = try #require(json["rows"] as? [[String: Any]])
        #expect(rows.map { $0["change"] as? String } == ["slower", "slower"])
        #expect(try bench(["compare", new, old, "--max-slowdown", "1.2"]).status == 0)
    }

    /// Makes all measurements of a report ten times as long.
    private func slowDown(_ path: String) throws {
        var report = try object(TestFile.read(path))
        var figures = try #require(report["figures"] as? [[String: Any]])
        for place in figures.indices {
            var samples = try #require(figures[place]["samples"] as? [String: [Double]])
            samples["seconds"] = samples["seconds"]?.map { $0 * 10 }
            figures[place]["samples"] = samples
        }
        report["figures"] = figures
        try TestFile.write(Array(JSONSerialization.data(withJSONObject: report)), to: path)
    }

    @Test("A browser draws the plot, and nothing in it fetches", Need.tool("chromium"))
    func plot() throws {
        let (page, picture) = (commands.folder + "/bench.html", commands.folder + "/bench.svg")
        let words = ["unpack", "list", "deep", "--driver", "copy", "--plot"]
        let image = try commands.file("<b>&.tar", MadeImage([["d/", "d/f=content"]]).archive)
        let run = try bench(Self.tiny + words + [picture])
        #expect(run.status == 0, "\(run.errors)")
        let named = try bench(["--image", image, "--depths", "1,2", "--runs", "2"] + words + [page])
        #expect(named.status == 0, "\(named.errors)")
        let text = String(decoding: try TestFile.read(page), as: UTF8.self)
        for fetched in ["http:", "https:", "url(", "import(", "fetch(", "<script", "<b>"] {
            #expect(!text.contains(fetched), "\(fetched)")
        }
        let browser = Browser(in: commands.folder)
        let dom = try browser.document(page)
        #expect(dom.contains("<title>Layer I/O</title>") && dom.contains("&lt;b&gt;&amp;.tar"))
        #expect(dom.components(separatedBy: "<rect").count > 4 && dom.contains("<polyline"))
        #expect(dom.components(separatedBy: "<tr>").count == 2 + 4)
        try browser.expectPicture(of: page)
        #expect(try browser.document(picture).contains("<polyline"))
        try browser.expectPicture(of: picture, times: 2)
    }

    @Test("Interrupted, it ends at the next step and leaves nothing", arguments: ["INT", "TERM"])
    func interrupted(signal: String) throws {
        let run = try LayerctlRun(
            shell: """
                set -m # or what runs in the background would be told to ignore SIGINT
                "$layerctl" bench --files 200 --runs 500 --driver copy --depths 1 --large-size 64k &
                for _ in $(seq 300); do ls -d "$folder"/.layerctl-bench-*/store >/dev/null 2>&1 && break; sleep 0.05; done
                sleep 1
                kill -\(signal) $!; wait $!
                """,
            environment: ["LAYERCTL_ROOT": commands.root, "TMPDIR": commands.folder, "folder": commands.folder]
        )
        #expect(run.status == 1, "\(run.status)")
        #expect(run.errors.contains("layerctl: interrupted"), "\(run.errors)")
        #expect(run.output.isEmpty)
        try expectNothingLeft()
    }

    @Test func `The works are listed, and a wrong command line is status 2`() throws {
        let list = try bench(["--list", "--format", "json"])
        let works = try #require(object(list.outputBytes)["works"] as? [[String: Any]])
        #expect(Set(works.compactMap { $0["work"] as? String }) == Self.works)
        #expect(try bench(["--list"]).lines.count == Self.works.count + 1)
        let wrong = [
            ["teleport"], ["--on", "nowhere"], ["--on", "loop:vfat"], ["--driver", "zfs"], ["--runs", "0"],
            ["--depths", "501"], ["--depths", "a"], ["--plot", "a.pdf"], ["--layers", "0"],
            ["--image", "a", "--files", "1"],
            ["--dir", ".", "--on", "store"], ["compare", "one.json"], ["compare", "a", "b", "--max-slowdown", "0"],
        ]
        for words in wrong { #expect(try bench(words).status == 2, "\(words)") }
        #expect(try bench(["compare", "absent.json", "absent.json"]).status == 3)
        #expect(try bench(["--dir", commands.folder + "/absent", "unpack"]).status == 3)
        try expectNothingLeft()
    }
}
