import Foundation
import LayerTestKit
import Testing

/// Processes in containers of an ordinary user, whom root plays here.
@Suite("run as an ordinary user", .serialized, Need.root, BusyboxImage.need, Need.tool("setpriv"), Need.tool("runc"))
struct RootlessRunTests {
    private let store: CommandStore

    init() throws {
        store = try CommandStore()
        _ = try store.archive(BusyboxImage.make())
    }

    private static let body = """
        L load -q -i "$archive" > /dev/null
        L run --name box box:1 sh -c 'id -u; busybox wc -l < /proc/self/uid_map; touch /a /b; chown 1000:1001 /a; chown 33:34 /b; exit 5'
        echo $?
        L diff box
        L run -d --name back box:1 sh -c 'echo out; sleep 100' > /dev/null
        until L logs back | grep -q out; do sleep 0.1; done
        L exec back sh -c 'echo exec; exit 3'; echo $?
        L ps -a --filter name=back --format '{{.State}}'
        L rm -f back
        L commit box made:1 > /dev/null && L save -o made-2.tar made:1 && chmod 644 made-2.tar
        """

    @Test("With numbers of one's own, files of several users stay theirs up to root's store", Need.tool("newuidmap"))
    func ranges() throws {
        let run = try store.runAsOrdinaryUser(ranges: "nobody:200000:65536\n", Self.body)
        #expect(run.lines == ["0", "2", "5", "A /a", "A /b", "exec", "3", "running", "back"], "\(run.errors)")
        #expect(try store.run("load", "-q", store.folder + "/home/made-2.tar").status == 0)
        #expect(try store.run("create", "--name", "root", "made:1").status == 0)
        let path = try #require(try store.run("mount", "root").lines.first)
        let owners = try LayerctlRun(shell: "stat -c '%u:%g' '\(path)/a' '\(path)/b' '\(path)/bin/busybox'")
        #expect(try store.run("umount", "root").status == 0)
        #expect(owners.lines == ["1000:1001", "33:34", "0:0"])
    }

    @Test(
        "Volumes keep the owners of their files, whoever fills, copies, saves or removes them",
        Need.tool("newuidmap")
    )
    func volumes() throws {
        let run = try store.runAsOrdinaryUser(
            ranges: "nobody:200000:65536\n",
            """
            L load -q -i "$archive" > /dev/null
            L run --name box box:1 sh -c 'mkdir /full; echo x > /full/x; chown 33:34 /full/x; chown 35:36 /full; chmod 700 /full'
            L commit box full:1 > /dev/null
            L create --name filled -v data:/full full:1 > /dev/null
            L run --rm -v data:/data box:1 stat -c '%u:%g %a %n' /data /data/x
            L ls filled:/full; L cat filled:/full/x; echo new > new; L cp new filled:/full/
            L volume export data > export.tar && tar --numeric-owner -tvf export.tar | cut -d' ' -f2 | sort -u
            L volume import copy export.tar; L volume clone data clone
            L volume snapshot data > snapshot; L volume restore restored $(cat snapshot); L volume diff data $(cat snapshot)
            for v in copy clone restored; do L run --rm -v $v:/d box:1 stat -c %u:%g /d /d/x; done
            L volume ls --size --format '{{.Name}} {{.Inodes}}'
            L rm -v box filled > /dev/null
            L volume rm data copy clone restored
            ls "$LAYERCTL_ROOT/trash" "$LAYERCTL_ROOT/volumes"
            """
        )
        let owners = ["35:36", "33:34"]
        let expected =
            ["35:36 700 /data", "33:34 644 /data/x", "x", "x", "0/0", "33/34", "35/36"] + owners + owners + owners
            + ["clone 2", "copy 2", "data 2", "restored 2", "data", "copy", "restored"]
        #expect(
            run.lines.filter { !$0.hasPrefix(store.folder) && !["clone", ""].contains($0) } == expected,
            "\(run.lines) \(run.errors)"
        )
    }

    @Test("Without them there is one user, who runs processes all the same")
    func singleID() throws {
        let run = try store.runAsOrdinaryUser(
            ranges: "",
            Self.body.replacing("chown 1000:1001 /a; chown 33:34 /b; ", with: "")
        )
        #expect(run.lines == ["0", "1", "5", "A /a", "A /b", "exec", "3", "running", "back"], "\(run.errors)")
        #expect(!run.errors.contains("layerctl: "))
    }

    @Test("An image of a file is run at once, and limits that cannot be had are refused")
    func file() throws {
        let run = try store.runAsOrdinaryUser(
            ranges: nil,
            """
            L run --rm "$archive" sh -c 'echo run; exit 6'; echo $?
            L run --rm --memory 64m box:1 true 2> /dev/null; echo $?
            L unshare ./layerctl run --rm box:1 sh -c 'exit 7'; echo $?
            L ps -a -q
            """
        )
        #expect(run.lines == ["run", "6", "125", "7"], "\(run.errors)")
    }
}
