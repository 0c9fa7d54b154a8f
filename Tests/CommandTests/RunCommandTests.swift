import Foundation
import LayerTestKit
import Testing

/// Processes in containers, by the runtimes that are installed.
@Suite("run", .serialized, Need.root, BusyboxImage.need, Need.tool("bash"), Need.tool("crun"), Need.tool("runc"))
struct RunCommandTests {
    private let store: CommandStore

    init() throws {
        store = try CommandStore()
        let files = ["etc/passwd=app:x:1000:1000::/home/app:/bin/sh", "plain=x"]
        try store.load(BusyboxImage.make(files, config: #"{"Env":["PATH=/bin","A=image"],"Cmd":["id"]}"#))
    }

    /// A script in a mount namespace of its own: there crun does not meet a mixture of control groups, which it refuses.
    private func script(_ runtime: String, _ lines: String) throws -> LayerctlRun {
        let file = try store.file("script", Array(("L() { \"$layerctl\" \"$@\"; }\n" + lines).utf8))
        return try LayerctlRun(
            shell: "exec unshare -m bash -c 'umount /sys/fs/cgroup/unified 2> /dev/null; exec bash \"\(file)\"'",
            environment: ["LAYERCTL_ROOT": store.root, "LAYERCTL_RUNTIME": runtime]
        )
    }

    @Test("It has the streams, the status and the settings that it is given", arguments: ["crun", "runc"])
    func foreground(_ runtime: String) throws {
        let run = try script(
            runtime,
            """
            echo in | L run --rm -i -e A=own -e B -w /made -u app --hostname name --read-only box:1 sh -c '
            cat; echo "$A"; pwd; id -u; hostname; touch /made/x 2> /dev/null || echo closed; echo error >&2; exit 7'
            echo $?
            L ps -a -q
            """
        )
        #expect(run.lines == ["in", "own", "/made", "1000", "name", "closed", "7"], "\(run.errors)")
        #expect(run.errorLines.filter { !$0.contains("level=warning") } == ["error"])
    }

    @Test(
        "What is not of the process has Docker's statuses",
        arguments: [
            (["box:1", "true"], 0), (["box:1", "sh", "-c", "exit 9"], 9), (["box:1", "nosuch"], 127),
            (["box:1", "/no/such"], 127), (["box:1", "/plain"], 126), (["box:1", "/etc"], 126), (["nosuch"], 125),
            (["--nosuch", "box:1"], 125), (["-u", "nobody", "box:1"], 125), (["--cap-add", "x", "box:1"], 125),
            (["--network", "bridge", "box:1"], 125), (["--runtime", "no-such-runtime", "box:1"], 125),
            (["box:1", "sh", "-c", "exit 3", "--rm", "--name=x=true"], 3),
        ] as [([String], Int32)]
    )
    func statuses(_ words: [String], _ status: Int32) throws {
        let run = try LayerctlRun(["run", "--rm"] + words, environment: ["LAYERCTL_ROOT": store.root])
        #expect(run.status == status, "\(run.errors)")
        #expect(try store.run("ps", "-a", "-q").lines == [])
    }

    @Test("A signal to the program is one to the process", arguments: ["crun", "runc"])
    func signals(_ runtime: String) throws {
        let run = try script(
            runtime,
            """
            "$layerctl" run --name box box:1 sh -c 'trap "exit 9" TERM; touch /ready; while :; do sleep 0.1; done' &
            until L ls box:/ready > /dev/null 2>&1; do sleep 0.1; done
            kill -TERM $!
            wait $!
            echo $?
            L ps -a --format '{{.State}}'
            """
        )
        #expect(run.lines == ["9", "exited"], "\(run.errors)")
    }

    @Test("In the background it is watched, asked, ended, and begun again", arguments: ["crun", "runc"])
    func background(_ runtime: String) throws {
        let run = try script(
            runtime,
            """
            L run -d --name box box:1 sh -c 'echo out; echo error >&2; touch /made; sleep 100' | wc -c
            until L ls box:/made > /dev/null 2>&1; do sleep 0.1; done
            L ps -a --format '{{.State}} {{.Status}}' | cut -d' ' -f1,2
            L logs box 2> /dev/null
            L logs box 2>&1 > /dev/null
            L exec -e X=1 -u app -w /etc box sh -c 'id -u; pwd; echo $X; exit 3'; echo $?
            L exec box nosuch 2> /dev/null; echo $?
            L rm box 2> /dev/null; echo $?
            L start box 2> /dev/null; echo $?
            L stop -t 0 box
            L wait box
            L ps -a --format '{{.Status}}' | cut -d' ' -f1,2
            L diff box
            L commit box made:1 > /dev/null
            L run --rm made:1 ls -d /made
            L start box; L kill box; L wait box
            L inspect -f '{{.State.Status}} {{.State.ExitCode}} {{.State.Pid}}' box
            L rm box
            grep -c "$LAYERCTL_ROOT" /proc/self/mountinfo
            """
        )
        let expected = [
            "65", "running Up", "out", "error", "1000", "/etc", "1", "3", "127", "4", "4", "box", "137", "Exited (137)",
            "A /made", "/made", "box", "box", "137", "exited 137 0", "box", "0",
        ]
        #expect(run.lines == expected, "\(run.errors)")
    }

    @Test("Who watches may be killed: nothing is believed to run then, and what does is ended with the container")
    func killedWatcher() throws {
        let run = try script(
            "runc",
            """
            L run -d --name box box:1 sleep 4711 > /dev/null
            pid=$(L inspect -f '{{.State.Pid}}' box)
            kill -9 $(ps -o ppid= -p $pid)
            sleep 0.3
            L ps -a --format '{{.State}}'
            kill -0 $pid && echo alive
            L rm -f box
            sleep 0.3
            # What init has not taken notice of yet has ended all the same.
            grep -q '^State:[^Z]*$' /proc/$pid/status 2> /dev/null || echo gone
            """
        )
        #expect(run.lines == ["mounted", "alive", "box", "gone"], "\(run.errors)")
    }

    @Test("What a program writes is kept line by line, long lines in parts, and given again")
    func logs() throws {
        let run = try script(
            "runc",
            """
            L run -d --name box box:1 sh -c 'i=0; while [ $i -lt 5 ]; do echo $i; i=$((i+1)); done
            while [ $i -lt 3000 ]; do echo -n 1234567890; i=$((i+1)); done' > /dev/null
            L wait box
            L logs --tail 2 box | wc -c
            L logs -f box | head -n 2
            L logs -t box | head -n 1 | cut -c1-2
            wc -l < "$LAYERCTL_ROOT"/containers/*/run/log
            L rm box
            """
        )
        #expect(run.lines == ["0", "29950", "0", "1", "20", "7", "box"], "\(run.errors)")
    }

    @Test("What comes out in the foreground is kept too, unless that is not wanted", arguments: ["crun", "runc"])
    func foregroundLog(_ runtime: String) throws {
        let run = try script(
            runtime,
            """
            L run --name box box:1 sh -c 'echo out; echo error >&2; exit 3' 2> /dev/null; echo $?
            L logs box 2> /dev/null
            L logs box 2>&1 > /dev/null
            L run --name none --log-driver none box:1 echo unkept
            L logs none
            L run --rm box:1 busybox yes | head -n 1
            L run --log-driver syslog box:1 true 2> /dev/null; echo $?
            """
        )
        #expect(run.lines == ["out", "3", "out", "error", "unkept", "y", "125"], "\(run.errors)")
    }

    @Test("In the background it can have a terminal, and an input that does not end", arguments: ["crun", "runc"])
    func backgroundInput(_ runtime: String) throws {
        let run = try script(
            runtime,
            """
            for flags in -dit -dt -di; do
                L run $flags --name box box:1 sh -c 'test -t 0 && test -t 1 && echo terminal; cat; echo ended' > /dev/null
                for _ in 1 2 3 4 5; do sleep 0.1; L logs box | grep -q . && break; done
                L logs box | tr -d '\\r'
                L exec box sh -c 'echo inside'
                L ps --format '{{.State}}'
                L stop -t 0 box; L wait box; L rm box
            done
            ls -d /tmp/layerctl-*/terminal 2> /dev/null
            """
        )
        let stopped = ["inside", "running", "box", "137", "box"]
        #expect(run.lines == ["terminal"] + stopped + ["terminal"] + stopped + stopped, "\(run.errors)")
    }

    private static let controlGroups = ["/sys/fs/cgroup/pids", "/sys/fs/cgroup/cgroup.controllers"]

    @Test(
        "Limits of memory, processors and processes are those of its control group",
        .enabled(if: controlGroups.contains(where: FileManager.default.fileExists), "needs control groups")
    )
    func limits() throws {
        let run = try script(
            "runc",
            """
            L run --rm --pids-limit 4 box:1 sh -c 'for i in 1 2 3 4 5 6; do sleep 1 & done; wait' 2>&1 | grep -o "can't fork"
            L run --rm --memory 24m box:1 busybox dd if=/dev/zero of=/dev/shm/x bs=1M count=60 2> /dev/null; echo $?
            L run -d --name box --cpus 0.5 box:1 sleep 100 > /dev/null
            group=$(grep -m1 -E '(:|,)cpu(,[a-z]+)*:|^0::' /proc/$(L inspect -f '{{.State.Pid}}' box)/cgroup | cut -d: -f3)
            cat /sys/fs/cgroup/cpu*"$group"/cpu.cfs_quota_us /sys/fs/cgroup"$group"/cpu.max 2> /dev/null | cut -d' ' -f1 | uniq
            L rm -f box
            """
        )
        #expect(run.lines == ["can't fork", "137", "50000", "box"], "\(run.errors)")
    }

    @Test("Who waits is told how a process ended whose container goes with it", arguments: ["crun", "runc"])
    func waitForRemoved(_ runtime: String) throws {
        let run = try script(
            runtime,
            """
            L run -d --rm --name box -v data:/data box:1 sh -c 'until test -e /data/go; do sleep 0.1; done; exit 9' > /dev/null
            (sleep 0.5; touch "$LAYERCTL_ROOT/volumes/data/_data/go") &
            L wait box
            L ps -a -q
            """
        )
        #expect(run.lines == ["9"], "\(run.errors)")
    }

    @Test("It sees what is mounted, which is no part of the container", arguments: ["crun", "runc"])
    func mounts(_ runtime: String) throws {
        let run = try script(
            runtime,
            """
            cd "$(dirname "$LAYERCTL_ROOT")" && mkdir host && echo host > host/file
            L volume create -o type=tmpfs -o device=tmpfs memory > /dev/null
            L run -d --name user -v memory:/m box:1 sh -c 'touch /m/mine; sleep 100' > /dev/null
            until L exec user ls /m/mine > /dev/null 2>&1; do sleep 0.1; done
            L run --rm -v memory:/m box:1 ls /m
            L exec user ls /m
            L rm -f user
            L run --rm -v memory:/m box:1 ls /m
            L volume rm memory
            L run --name box -v data:/data/deep -v "$PWD/host:/host:ro" -v /anonymous --tmpfs /memory \
            --mount type=image,source=box:1,target=/image box:1 sh -c '
            echo volume > /data/deep/file; cat /host/file; touch /host/x 2> /dev/null || echo closed; touch /memory/x /anonymous/x
            ls -d /image/bin; echo own > /own'
            L diff box
            L volume ls -q | grep -c .
            cat "$LAYERCTL_ROOT/volumes/data/_data/file"
            L run --rm --volumes-from box box:1 cat /data/deep/file
            L run --rm -v /gone -v data:/d box:1 true
            L rm -v box
            L volume ls -q
            grep -c "$LAYERCTL_ROOT" /proc/self/mountinfo
            """
        )
        let expected = [
            "mine", "mine", "user", "memory", "host", "closed", "/image/bin", "A /own", "2", "volume", "volume", "box",
            "data", "0",
        ]
        #expect(run.lines == expected, "\(run.errors)")
    }

    @Test("A terminal is the runtime's business", Need.tool("script"), arguments: ["crun", "runc"])
    func terminal(_ runtime: String) throws {
        let run = try script(
            runtime,
            """
            script -qec "'$layerctl' run --rm -it box:1 sh -c 'test -t 0 && test -t 1 && echo terminal; exit 4'" /dev/null
            echo $?
            L run -t box:1 id < /dev/null 2> /dev/null; echo $?
            """
        )
        // script(1) shows that its input has ended; in a few runs in a thousand crun colours an empty warning beside it.
        let words = run.output.replacing("^@", with: "").split(whereSeparator: \.isNewline).map(String.init)
        #expect(words.contains { $0.hasSuffix("terminal") }, "\(run.output)\(run.errors)")
        #expect(Array(words.suffix(2)) == ["4", "125"], "\(run.output)\(run.errors)")
    }
}
