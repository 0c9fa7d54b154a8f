import LayerSystem
import Testing

@testable import LayerDriver

@Suite("Command line of fuse-overlayfs")
struct FuseCommandTests {
    struct Case: Sendable {
        let lowers: [String]
        var writable: UpperTree?
        let directory: String
        let options: String
    }

    private static func upper(_ upper: String, _ work: String) -> UpperTree {
        UpperTree(upper: Array(upper.utf8), work: Array(work.utf8))
    }

    @Test(
        "paths are told from the directory that they have in common",
        arguments: [
            Case(
                lowers: ["/s/layers/1/tree", "/s/layers/2/tree"],
                writable: upper("/s/containers/c/upper", "/s/containers/c/work"),
                directory: "/s/layers",
                options: "nodev,lowerdir=2/tree:1/tree,upperdir=/s/containers/c/upper,workdir=/s/containers/c/work"
            ),
            Case(
                lowers: ["/s/1"],
                writable: upper(#"/s,\/u"#, "/s,/w"),
                directory: "/s/1",
                options: #"nodev,lowerdir=.,upperdir=/s\,\\/u,workdir=/s\,/w"#
            ),
            Case(lowers: ["/s/1/tree"], directory: "/s/1/tree", options: "ro,nodev,lowerdir=."),
            Case(lowers: ["/a/1", "/b/2"], directory: "/", options: "ro,nodev,lowerdir=b/2:a/1"),
            Case(lowers: ["/a/bc", "/a/b"], directory: "/a", options: "ro,nodev,lowerdir=b:bc"),
            Case(lowers: ["/a:,/b", "/a:,/c,\\"], directory: "/a:,", options: #"ro,nodev,lowerdir=c\,\\:b"#),
        ]
    )
    func goldens(_ item: Case) throws {
        let plan = try MountPlan(
            kind: .fuse,
            layers: item.lowers.map { LowerTree(path: Array($0.utf8), usesUserAttributes: true) },
            writable: item.writable,
            target: Array("/m,:".utf8),
            isExposed: false
        )
        let command = try FuseCommand(plan, target: Array("/m,:".utf8))
        #expect(FuseCommand.upper(in: command.arguments) == item.writable?.upper)
        #expect(String(decoding: command.directory, as: UTF8.self) == item.directory)
        #expect(command.arguments.map { String(decoding: $0, as: UTF8.self) } == ["-o", item.options, "/m,:"])
    }

    @Test("a path that the program would split is refused", arguments: ["/s/l:1", "/s/a:b/l"])
    func colons(_ path: String) throws {
        let layers = [path, "/s/2"].map { LowerTree(path: Array($0.utf8), usesUserAttributes: true) }
        let plan = try MountPlan(kind: .fuse, layers: layers, writable: nil, target: [0x2F], isExposed: false)
        #expect(throws: DriverError.pathNotForProgram("fuse-overlayfs", Array(path.utf8))) {
            try FuseCommand(plan, target: plan.target)
        }
    }

    @Test("nothing is written below a path that the program would split")
    func colonAbove() throws {
        let layers = [LowerTree(path: Array("/a:b/l".utf8), usesUserAttributes: true)]
        let writable = Self.upper("/a:b/u", "/a:b/w")
        let plan = try MountPlan(kind: .fuse, layers: layers, writable: writable, target: [0x2F], isExposed: false)
        #expect(throws: DriverError.pathNotForProgram("fuse-overlayfs", writable.upper)) {
            try FuseCommand(plan, target: plan.target)
        }
    }
}
