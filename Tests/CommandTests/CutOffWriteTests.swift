import LayerTestKit
import Testing

/// What writes among a user's files and is killed leaves nothing there that nobody asked for.
@Suite(Need.tool("strace"), Need.tool("bash")) struct CutOffWriteTests {
    private let commands: CommandStore

    init() throws {
        commands = try CommandStore()
        try commands.load(MadeImage([["d/", "d/old=1"]], tags: ["app:1"]))
        _ = try commands.file("new", Array("new".utf8))
    }

    /// Runs a script in the scratch directory, with `L` for the program and `K` for one that is killed at the first rename.
    private func run(_ script: String) throws -> LayerctlRun {
        try LayerctlRun(
            shell: """
                cd '\(commands.folder)'
                L() { "$layerctl" "$@"; }
                K() { strace -f -qq -o /dev/null -e trace=renameat,renameat2 \
                    -e inject=renameat,renameat2:signal=KILL:when=1 "$layerctl" "$@" > /dev/null 2>&1; echo $?; }
                \(script)
                """,
            environment: ["LAYERCTL_ROOT": commands.root]
        )
    }

    @Test("A volume has only its own files after an import was killed, and a gc takes what lies beside them")
    func volume() throws {
        let run = try run(
            """
            L volume create data > /dev/null
            tar -cf one.tar new
            K volume import data one.tar
            find "$LAYERCTL_ROOT/volumes/data/_data" -mindepth 1 | wc -l
            find "$LAYERCTL_ROOT/volumes/data" -name '.layerctl-*' | wc -l
            L check > /dev/null; echo $?
            L gc > /dev/null
            find "$LAYERCTL_ROOT/volumes/data" -name '.layerctl-*' | wc -l
            L volume import data one.tar
            ls -A "$LAYERCTL_ROOT/volumes/data/_data"
            """
        )
        #expect(run.lines == ["137", "0", "1", "0", "0", "new"], "\(run.output) \(run.errors)")
    }

    @Test("A checkout has only its own files after a copy into it was killed")
    func checkout() throws {
        let run = try run(
            """
            L create --name box app:1 > /dev/null
            place=$(L mount --driver copy box)
            K cp new box:/d/new
            K cp new box:/d/old
            ls -A "$place/d"; cat "$place/d/old"; echo
            L diff box
            L cp -q new box:/d/new
            L umount box > /dev/null
            L diff box
            """
        )
        #expect(run.lines == ["137", "137", "old", "1", "C /d", "A /d/new"], "\(run.output) \(run.errors)")
    }

    @Test(
        "A container is what it was after a commit that moves was killed at any change, and the gc behind it as well",
        arguments: 1...14
    )
    func move(step: Int) throws {
        let run = try run(
            """
            S() { step=$1; shift; strace -f -qq -o /dev/null -e trace=linkat,renameat,renameat2,mkdirat \
                -e inject=linkat,renameat,renameat2,mkdirat:signal=KILL:when=$step "$layerctl" "$@" > /dev/null 2>&1; }
            L create --name box app:1 > /dev/null
            upper=$(L container inspect --format '{{.GraphDriver.Data.UpperDir}}' box)
            L put new box:/d/one; L put new box:/other; ln "$upper/d/one" "$upper/d/two"
            L export --format mtree box > before
            S \(step) commit --move box moved:1
            S \(step % 5 + 1) gc
            S \(step % 3 + 1) gc
            L gc > /dev/null
            L export --format mtree box | cmp - before && echo same
            [ ! -e "$upper/d/one" ] || [ "$upper/d/one" -ef "$upper/d/two" ] && echo linked
            find "$LAYERCTL_ROOT/containers" -name '.layerctl-*' -o -name '.separated-*' -o -name '.moved-*'
            L check --data > /dev/null; echo $?
            """
        )
        #expect(run.lines == ["same", "linked", "0"], "\(run.output) \(run.errors)")
    }
}
