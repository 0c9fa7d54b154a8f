import LayerTestKit
import Testing

/// A plugin's volume in a container that runs: it is mounted before, and let go whatever happens.
@Suite(.serialized, Need.root, BusyboxImage.need, Need.tool("bash"), Need.tool("crun"), PluginServer.need)
struct VolumePluginRunTests {
    private let store: CommandStore
    private let server: PluginServer

    init() throws {
        store = try CommandStore()
        server = try PluginServer()
        try store.load(BusyboxImage.make(["data/", "data/f=image"], config: #"{"Env":["PATH=/bin"]}"#))
    }

    /// A script in a mount namespace of its own: there crun does not meet a mixture of control groups, which it refuses.
    private func script(_ lines: String) throws -> LayerctlRun {
        let file = try store.file("script", Array(("L() { \"$layerctl\" \"$@\"; }\n" + lines).utf8))
        return try LayerctlRun(
            shell: "exec unshare -m bash -c 'umount /sys/fs/cgroup/unified 2> /dev/null; exec bash \"\(file)\"'",
            environment: [
                "LAYERCTL_ROOT": store.root, "LAYERCTL_RUNTIME": "crun", "LAYERCTL_PLUGIN_DIRS": server.directory,
            ]
        )
    }

    /// The uses since the last time, each by the beginning of its ID.
    private func uses() throws -> [String] {
        try server.calls().filter { $0.contains("ount {") }.map {
            $0.replacing(/{"Name": "([a-z]+)", "ID": "([0-9a-f]{12})[0-9a-f]{52}"}/) { "\($0.1) \($0.2)" }
        }
    }

    @Test func `A run mounts once, with the container's ID, and lets go also when it fails`() throws {
        let run = try script(
            """
            L create --name box -v one:/data -v one:/again --volume-driver keeper box:1 sh -c 'cat /data/f /again/f; echo new > /data/new; exit 7'
            L start -a box; echo $?; L start -a box; L run --rm -v one:/data box:1 no-such-program; echo $?
            L run --rm -v one:/data -v /anonymous --volume-driver keeper box:1 true; echo $?; L volume ls -q
            """
        )
        #expect(run.lines.dropFirst() == ["imageimage7", "imageimage127", "0", "one"], "\(run.errors)")
        #expect(try TestFile.read(server.files("one") + "/new") == Array("new\n".utf8))
        let id = run.lines[0].prefix(12)
        let uses = try uses()
        #expect(
            uses.filter { $0.hasSuffix("one \(id)") } == [
                "Mount one \(id)", "Unmount one \(id)", "Mount one \(id)", "Unmount one \(id)",
            ]
        )
        #expect(uses.filter { $0.hasSuffix("busy") }.isEmpty)
        #expect(uses.count { $0.hasPrefix("Mount one") } == uses.count { $0.hasPrefix("Unmount one") })
    }

    @Test func `A detached run keeps the volume until it ends, and one that was cut off is made up for`() throws {
        let run = try script(
            """
            id=$(L run -d --name box -v one:/data --volume-driver keeper box:1 sleep 100); echo "$id"
            L stop -t 0 box
            L start box > /dev/null; for process in /proc/[0-9]*; do
                [[ $(readlink "$process/exe") == */layerctl ]] || continue
                grep -qz "^LAYERCTL_ROOT=$LAYERCTL_ROOT$" "$process/environ" && kill -KILL "${process#/proc/}"
            done
            L kill box; L rm -f box
            L bundle none "$LAYERCTL_ROOT/../bundle" 2> /dev/null || L create --name next -v one:/data box:1 > /dev/null
            L bundle next "$LAYERCTL_ROOT/../bundle"
            """
        )
        let id = run.lines.first?.prefix(12) ?? ""
        let uses = try uses().filter { $0.contains(" \(id)") }
        #expect(
            uses == ["Mount one \(id)", "Unmount one \(id)", "Mount one \(id)", "Unmount one \(id)"],
            "\(run.errors)"
        )
        #expect(run.errors.contains("volume one: a plugin has it, which must be told when the container ends: use run"))
    }
}
