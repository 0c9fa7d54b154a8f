import Foundation
import LayerTestKit
import Testing

/// `gc`: what it prints, that a look changes nothing, and that a kill at any point is made good by the next one.
@Suite struct CollectCommandTests {
    private let commands: CommandStore

    init() throws { commands = try CommandStore() }

    /// All names in the store but those of files that stay when everything was removed.
    private func names() throws -> [String] {
        try TreeLines.read(commands.root).map { String($0.split(separator: "\t")[0]) }
    }

    /// Makes what dead processes leave: a layer that nothing names, staging, trash, a temporary record.
    private func leaveGarbage() throws {
        let layers = try TestFile.list(commands.root + "/layers/sha256")
        let digits = String(repeating: "ab", count: 32)
        for path in ["layers/sha256/\(digits)/tree/d", "staging/1/tree/d", "trash/1/d", "names/none/no"] {
            try TestFile.makeDirectories(commands.root + "/" + path)
        }
        for path in ["layers/sha256/\(digits)/index", "staging/1/f", "trash/1/d/f", "trash/2", "names/.new-1"] {
            try TestFile.write([1, 2, 3], to: commands.root + "/" + path)
        }
        #expect(!layers.isEmpty)
    }

    @Test func `It prints what goes, and a look changes nothing`() throws {
        try commands.load(.sample(tags: ["app:1"]))
        let clean = try names()
        try leaveGarbage()
        let dirty = try names()
        for flag in ["--dry-run", "--plan"] {
            let plan = try commands.run("gc", flag)
            #expect(plan.status == 0 && plan.errors.isEmpty, "\(plan.errors)")
            #expect(plan.lines.first?.hasPrefix("KIND") == true)
            #expect(plan.lines.contains { $0.hasPrefix("layer") && $0.hasSuffix(String(repeating: "ab", count: 32)) })
            #expect(plan.lines.last == "Total reclaimed space: 15B")
            #expect(try names() == dirty)
        }
        #expect(try commands.run("gc", "--plan", "--format", "{{.size}} {{len .items}}").lines == ["15 7"])
        let run = try commands.run("gc", "--format", "json")
        #expect(run.output.hasPrefix(#"{"#) && run.output.contains(#""size":15"#), "\(run.output)")
        #expect(try names() == clean)
        #expect(try commands.run("gc").output == "Total reclaimed space: 0B\n")
        #expect(try commands.run("images", "-q").lines.count == 1)
    }

    @Test func `A damaged record is named, and the rest goes on`() throws {
        try commands.load(.sample(tags: ["app:1"]), .single("1", tags: ["one"]))
        let images = commands.root + "/images/sha256/"
        let id = try #require(try TestFile.list(images).first)
        try TestFile.damage(images + id + "/image.json", at: 100)
        try TestFile.makeDirectories(commands.root + "/staging/1")
        let run = try commands.run("gc")
        #expect(run.status == 0)
        #expect(run.errors.hasPrefix("layerctl: warning: ") && run.errors.contains(id), "\(run.errors)")
        #expect(try TestFile.list(commands.root + "/staging").isEmpty)
    }

    @Test func `A store that is not there does not come to be`() throws {
        for words in [["gc"], ["gc", "--dry-run"]] {
            let run = try LayerctlRun(words, environment: ["LAYERCTL_ROOT": commands.root])
            #expect(run.status == 0 && run.output == "Total reclaimed space: 0B\n", "\(run.errors)")
        }
        #expect(!TestFile.exists(commands.root))
    }

    @Test("A look works where nothing can be written", MountNeed.mounting, Need.tool("bash"))
    func readOnly() throws {
        try commands.load(.sample(tags: ["app:1"]))
        try leaveGarbage()
        let run = try LayerctlRun(
            shell: """
                exec unshare -m bash -c 'mount --bind "$LAYERCTL_ROOT" "$LAYERCTL_ROOT" &&
                mount -o remount,ro,bind "$LAYERCTL_ROOT" && "$layerctl" gc --plan'
                """,
            environment: ["LAYERCTL_ROOT": commands.root]
        )
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        #expect(run.lines.last == "Total reclaimed space: 15B")
    }

    @Test(
        "Killed at any change, and killed again in the next one, it leaves nothing that the third does not take",
        Need.tool("strace"),
        Need.tool("bash"),
        arguments: 1...6
    )
    func kill(step: Int) throws {
        try commands.load(.sample(tags: ["app:1"]))
        let clean = try names()
        try leaveGarbage()
        // Calls are counted each by itself: renames come first, removals after them.
        let run = try LayerctlRun(
            shell: """
                G() { strace -f -qq -o /dev/null -e trace=renameat,renameat2,unlinkat,rmdir \
                    -e inject=renameat,renameat2,unlinkat,rmdir:signal=KILL:when=$1 "$layerctl" gc > /dev/null 2>&1; }
                G \(step); echo $?; G \((step * 5) % 3 + 1); echo $?; "$layerctl" gc | tail -n 1
                "$layerctl" verify --all > /dev/null; echo $?
                """,
            environment: ["LAYERCTL_ROOT": commands.root]
        )
        #expect(run.lines.first == "137", "\(run.output) \(run.errors)")
        #expect(run.lines.last == "0", "\(run.output)")
        #expect(try names() == clean)
    }

    @Test(
        "It ends what a killed run has left, and nothing of one that runs on",
        Need.root,
        BusyboxImage.need,
        Need.tool("bash"),
        Need.tool("runc")
    )
    func killedRun() throws {
        try commands.load(BusyboxImage.make([], config: #"{"Env":["PATH=/bin"]}"#))
        let script = try commands.file(
            "script",
            Array(
                """
                L() { "$layerctl" "$@"; }
                R=$(echo "$LAYERCTL_ROOT"/containers)
                L run -d --name box box:1 sleep 100 > /dev/null
                until test -s $R/*/run/pid; do sleep 0.1; done
                L gc --format '{{len .items}} {{len .problems}}'
                for p in /proc/[0-9]*; do
                    grep -qsx layerctl-run $p/comm && ls -l $p/fd 2> /dev/null | grep -q "$R" && kill -KILL ${p#/proc/}
                done
                until L gc --format '{{len .problems}}' 2> /dev/null | grep -qx 1; do sleep 0.1; done
                L gc --format '{{len .items}} {{len .problems}}' 2>&1 | sed 's/container [0-9a-f]*/container/'
                pid=$(cat $R/*/run/pid)
                kill -KILL $pid; while grep -qs '^State:[^Z]*$' /proc/$pid/status; do sleep 0.1; done
                grep -c "$R" /proc/self/mountinfo
                L gc --format json | grep -c '"kind":"mount"'
                grep -c "$R" /proc/self/mountinfo
                ls $R/*/run | tr '\n' ' '; echo
                L ps -a --format '{{.State}}'
                L start box && L stop -t 0 box && L rm box
                """.utf8
            )
        )
        let run = try LayerctlRun(
            shell: """
                exec unshare -m bash -c 'umount /sys/fs/cgroup/unified 2> /dev/null; exec timeout 100 bash "\(script)"'
                """,
            environment: ["LAYERCTL_ROOT": commands.root, "LAYERCTL_RUNTIME": "runc"]
        )
        let warning =
            "layerctl: warning: container: its process runs on, and nobody watches it: start it again or rm -f it"
        #expect(
            run.lines == ["0 0", "0 1", warning, "1", "1", "0", "log status ", "exited", "box", "box", "box"],
            "\(run.output) \(run.errors)"
        )
    }
}
