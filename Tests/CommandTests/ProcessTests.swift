import LayerTestKit
import TestImages
import Testing

/// Several programs at work in one store, and one that is killed at work.
@Suite(Need.tool("bash")) struct ProcessTests {
    private let commands: CommandStore

    init() throws { commands = try CommandStore() }

    private func shell(_ line: String) throws -> LayerctlRun {
        try LayerctlRun(shell: line, environment: ["LAYERCTL_ROOT": commands.root, "folder": commands.folder])
    }

    @Test func `Programs that load, list, name and remove at once do not fail each other`() throws {
        for number in 0..<4 {
            let image = try MadeImage([["base"], ["own=\(number)"]], tags: ["i\(number)"])
            _ = try commands.archive(image, name: "\(number).tar")
        }
        let run = try shell(
            """
            work() {
                for round in 1 2 3 4 5; do
                    "$layerctl" load -q -i "$folder/$1.tar" > /dev/null || exit 1
                    "$layerctl" tag i$1 more/i$1:$round || exit 1
                    "$layerctl" images -q > /dev/null || exit 1
                    "$layerctl" rmi i$1 more/i$1:$round > /dev/null || exit 1
                done
                "$layerctl" load -q -i "$folder/$1.tar" > /dev/null
            }
            for number in 0 1 2 3; do work $number & done
            status=0
            for job in $(jobs -p); do wait $job || status=1; done
            exit $status
            """
        )
        #expect(run.status == 0)
        #expect(run.errors.isEmpty, "\(run.errors)")
        #expect(try commands.run("images", "--format", "{{.Repository}}").lines.sorted() == ["i0", "i1", "i2", "i3"])
        #expect(try commands.run("info", "-f", "{{.Layers}}").lines == ["5"])
        #expect(try TestFile.list(commands.root + "/staging") == [])
        #expect(try TestFile.list(commands.root + "/trash") == [])
    }

    @Test func `A load that is killed leaves nothing that is seen, and the next one cleans up`() throws {
        let path = ImageFixture.dockerV24.path
        let run = try shell(
            """
            mkfifo "$folder/pipe"
            "$layerctl" load -q -i "$folder/pipe" & loader=$!
            exec 3> "$folder/pipe"
            head -c 60000 '\(path)' >&3
            until [ -n "$(ls "$LAYERCTL_ROOT/staging" 2> /dev/null)" ]; do sleep 0.05; done
            sleep 0.3
            kill -9 $loader
            wait $loader 2> /dev/null
            ls "$LAYERCTL_ROOT/staging" | wc -l
            """
        )
        #expect(run.lines.last?.trimmingPrefix { $0 == " " } == "1", "\(run.output) \(run.errors)")
        #expect(try commands.run("images").lines.count == 1)
        #expect(try commands.run("info", "-f", "{{.Layers}} {{.Images}}").lines == ["0 0"])
        #expect(try commands.run("load", "-q", path).status == 0)
        #expect(try TestFile.list(commands.root + "/staging") == [])
        #expect(try commands.run("info", "-f", "{{.Layers}} {{.Images}}").lines == ["6 1"])
    }

    @Test func `What needs no libarchive runs without it, what needs it says that it is not there`() throws {
        let commands = try CommandStore()
        var image = try MadeImage([["file=x"]], tags: ["app:1"])
        image.history = #"[{"created_by":"make"}]"#
        let archive = try commands.archive(image)
        let environment = ["LD_LIBRARY_PATH": commands.folder]
        // Found before the system's, and no library.
        _ = try commands.file("libarchive.so.13", Array("no library".utf8))
        let history = try commands.run("history", archive, environment: environment)
        #expect(history.status == 0 && history.lines.count == 2, "\(history.errors)")
        let load = try commands.run("load", "-i", archive, environment: environment)
        #expect(load.status == 1)
        #expect(load.errors.contains("libarchive cannot be loaded ("), "\(load.errors)")
        #expect(try commands.run("images", "-q", environment: environment).output.isEmpty)
        #expect(try commands.run("load", "-i", archive).status == 0)
    }
}
