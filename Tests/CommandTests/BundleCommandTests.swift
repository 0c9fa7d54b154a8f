import Foundation
import ImageSpec
import LayerTestKit
import Testing

/// Bundles, and the runtimes that take them.
@Suite("bundle", .serialized, BusyboxImage.need)
struct BundleCommandTests {
    private let store: CommandStore

    init() throws { store = try CommandStore() }

    private func bundle(_ image: MadeImage, _ command: String...) throws -> LayerctlRun {
        try store.load(image)
        let words = ["create", "--name", "box"] + command
        let environment = ["LAYERCTL_ROOT": store.root]
        let created = try LayerctlRun(words, environment: environment)
        #expect(created.status == 0, "\(created.errors)")
        return try store.run("bundle", "box", store.folder + "/bundle")
    }

    /// A runtime in a mount namespace of its own, where crun does not meet a mixture of control groups, which it refuses.
    private func start(_ runtime: String) throws -> LayerctlRun {
        try LayerctlRun(
            shell: """
                unshare -m sh -c 'umount /sys/fs/cgroup/unified 2> /dev/null
                exec \(runtime) --root "\(store.folder)/state" run -b "\(store.folder)/bundle" box-$$'
                """
        )
    }

    @Test(
        "A runtime runs it, and what it writes is the container's",
        Need.root,
        Need.tool("crun"),
        Need.tool("runc"),
        arguments: ["crun", "runc"]
    )
    func runtimes(_ runtime: String) throws {
        let image = try BusyboxImage.make(
            ["etc/passwd=app:x:1000:1000::/home/app:/bin/sh", "etc/group=more:x:7:app"],
            config: #"{"Entrypoint":["sh","-c"],"WorkingDir":"/made/here","User":"app","Env":["A=1"]}"#
        )
        let script = #"id -u; id -G; pwd; echo "$A $HOME"; echo x > /tmp/new; cat /proc/self/status; exit 7"#
        let made = try bundle(image, "box:1", script)
        #expect(made.status == 0 && made.lines == [store.folder + "/bundle"], "\(made.errors)")
        #expect(try LayerctlRun(shell: "mkdir -m 1777 \(store.folder)/bundle/rootfs/tmp").status == 0)
        let run = try start(runtime)
        #expect(run.status == 7, "\(run.errors)")
        #expect(run.lines.prefix(4) == ["1000", "1000 7", "/made/here", "1 /home/app"])
        #expect(run.lines.contains("CapInh:\t0000000000000000"))
        #expect(run.lines.contains("CapEff:\t0000000000000000"))
        #expect(run.lines.contains("NoNewPrivs:\t1"))
        #expect(try store.run("umount", "box").status == 0)
        #expect(try store.run("cat", "box:/tmp/new").lines == ["x"])
    }

    @Test(
        "Users are looked up in the image alone, and in files alone",
        arguments: [
            (["etc/passwd->/etc/hostname"], "root", 2), (["etc/passwd->../../../../etc/passwd"], "daemon", 1),
            (["etc/passwd|"], "app", 1), (["etc/passwd/"], "app", 1), (["etc/passwd->/proc/self/environ"], "app", 2),
            ([], "daemon", 2), (["etc/passwd=" + String(repeating: "x", count: 1 << 21)], "app", 1),
        ] as [([String], String, Int32)]
    )
    func hostile(_ lines: [String], _ user: String, _ status: Int32) throws {
        let image = try BusyboxImage.make(lines, config: #"{"Cmd":["id"],"User":"\#(user)"}"#)
        let run = try bundle(image, "box:1")
        #expect(run.status == status, "\(run.errors)")
        #expect(run.errors.contains(status == 2 ? "no matching entries in passwd file" : "/etc/passwd"))
        #expect(run.errorLines.count == 1)
        #expect(try store.run("rm", "box").status == 0)
    }

    @Test("A working directory behind a link that leads out is made inside")
    func workingDirectory() throws {
        let outside = try ScratchDirectory()
        let image = try BusyboxImage.make(
            ["esc->\(outside.path)"],
            config: #"{"Cmd":["id"],"WorkingDir":"/esc/new"}"#
        )
        let run = try bundle(image, "box:1")
        #expect(run.status != 0, "a link to what is not there inside is no directory")
        #expect(try TestFile.list(outside.path) == [])
    }

    @Test("What is missing is told, and nothing is left")
    func missing() throws {
        #expect(try store.run("bundle", "nobody", store.folder + "/b").status == 3)
        let image = try BusyboxImage.make()
        let run = try bundle(image, "box:1")
        #expect(run.status == 2 && run.errors.contains("no command specified"))
        #expect(try store.run("rm", "box").status == 0)
        #expect(try store.run("create", "--name", "full", "box:1", "id").status == 0)
        let taken = try store.run("bundle", "full", store.folder)
        #expect(taken.status == 4)
    }
}
