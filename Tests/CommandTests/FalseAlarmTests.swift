import LayerTestKit
import Testing

/// Whatever is done with a store, a check of it finds nothing.
@Suite(.serialized) struct FalseAlarmTests {
    private let store: CommandStore

    init() throws {
        store = try CommandStore()
        _ = try store.archive(
            BusyboxImage.make(["data/", "data/f=image", "hard=1", "twin=>hard", ".wh.gone", "o/", "o/.wh..wh..opq"])
        )
    }

    private static let script = """
        check() { L check --data > out || { echo "after $1"; cat out; }; }
        L load -q --keep-blobs -i "$archive" > /dev/null; check load
        L create --name box -v data:/data box:1 > /dev/null; check create
        echo new > new; L cp new box:/etc/; L rm box:/hard 2> /dev/null || L rm box:hard > /dev/null 2>&1; check cp
        L diff box > /dev/null; L export -o box-export.tar box; check export
        if L mount box > place 2> /dev/null; then check mount; L umount box > /dev/null; check umount; fi
        L run --rm box:1 sh -c 'touch /bin/x; rm -r /etc; mkdir /etc' > /dev/null 2>&1; check run
        L commit box made:1 > /dev/null; check commit
        L create --name mover made:1 > /dev/null; L cp new mover:/; ln new link; L cp link mover:/o/
        L commit --move mover moved:1 > /dev/null; check move
        mkdir checkout; L create --name copy moved:1 > /dev/null; L mount --driver copy copy checkout > /dev/null; check checkout
        echo y > checkout/y; L umount copy > /dev/null; check fold
        L volume create other > /dev/null; L volume snapshot data > snapshot; L volume restore restored $(cat snapshot); check volumes
        L squash moved:1 -t flat:1 > /dev/null 2>&1; L save -o saved.tar made:1; L load -q -i saved.tar > /dev/null; check save
        L tag made:1 again:1; L rmi -f box:1 > /dev/null 2>&1; L rm copy > /dev/null; check rm
        L load -q -i "$archive" > /dev/null; check reload
        L images -q | sort -u | wc -l
        """

    @Test(BusyboxImage.need, Need.tool("runc"), Need.root)
    func `Of root`() throws {
        let run = try LayerctlRun(
            shell: "cd '\(store.folder)'; L() { \"$layerctl\" \"$@\"; }; " + Self.script,
            environment: [
                "LAYERCTL_ROOT": store.root, "archive": store.folder + "/made.tar", "LAYERCTL_RUNTIME": "runc",
            ]
        )
        #expect(run.lines.count == 1, "\(run.output)\(run.errors)")
    }

    @Test(
        "Of an ordinary user, of one number and of many",
        BusyboxImage.need,
        Need.root,
        Need.tool("setpriv"),
        Need.tool("runc"),
        arguments: ["", "nobody:200000:65536\n"]
    )
    func user(ranges: String) throws {
        let run = try store.runAsOrdinaryUser(ranges: ranges, Self.script)
        #expect(run.lines.count == 1, "\(run.output)\(run.errors)")
    }
}
