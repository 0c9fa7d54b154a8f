import LayerSystem
import LayerTestKit
import Testing

@testable import LayerDriver

@Suite("Choice of a driver")
struct DriverChoiceTests {
    private static let root = DriverFacts(
        kernelVersion: KernelVersion(6, 18),
        mayMount: true,
        isInitialNamespace: true,
        overlayMount: .works,
        userNamespace: .works,
        mapping: "single id: nobody has no numbers in /etc/subuid",
        fileSystemTypeName: "ext4",
        trial: .works,
        tellsKinds: true,
        userAttribute: .works,
        whiteout: .works,
        fuseProgram: "/usr/bin/fuse-overlayfs",
        fuseDeviceOpens: true,
        hasFuseMounter: true
    )

    private static func facts(_ change: (inout DriverFacts) -> Void) -> DriverFacts {
        var facts = root
        change(&facts)
        return facts
    }

    private static func user(_ change: (inout DriverFacts) -> Void = { _ in }) -> DriverFacts {
        facts {
            $0.mayMount = false
            $0.overlayMount = .fails("not tried")
            change(&$0)
        }
    }

    private static func inside(_ change: (inout DriverFacts) -> Void = { _ in }) -> DriverFacts {
        facts {
            $0.isInitialNamespace = false
            $0.userNamespace = .fails("unshare: Operation not permitted")
            change(&$0)
        }
    }

    struct Case: Sendable {
        let facts: DriverFacts
        let kind: DriverKind
        let reason: String
        let rejected: [String]
    }

    @Test(
        "the best driver that works is taken, and it is told why",
        arguments: [
            Case(facts: root, kind: .overlay, reason: "root, and overlayfs works on ext4", rejected: []),
            Case(
                facts: user(),
                kind: .userns,
                reason: "user namespaces (single id: nobody has no numbers in /etc/subuid) and Linux 6.18",
                rejected: ["not root (no CAP_SYS_ADMIN)"]
            ),
            Case(
                facts: inside { $0.mapping = "ranges of /etc/subuid and /etc/subgid" },
                kind: .userns,
                reason: "already in a user namespace (ranges of /etc/subuid and /etc/subgid), "
                    + "and overlayfs works on ext4",
                rejected: ["not root of the host (in a user namespace)"]
            ),
            Case(
                facts: inside { $0.overlayMount = .fails("mount: Invalid argument") },
                kind: .fuse,
                reason: "/usr/bin/fuse-overlayfs and /dev/fuse",
                rejected: [
                    "not root of the host (in a user namespace)", "a trial on ext4 failed: mount: Invalid argument",
                ]
            ),
            Case(
                facts: user { $0.userNamespace = .fails("unshare: No space left on device") },
                kind: .fuse,
                reason: "/usr/bin/fuse-overlayfs and /dev/fuse",
                rejected: ["not root (no CAP_SYS_ADMIN)", "no user namespace: unshare: No space left on device"]
            ),
            Case(
                facts: user {
                    $0.kernelVersion = KernelVersion(5, 10)
                    $0.hasFuseMounter = false
                },
                kind: .copy,
                reason: "works everywhere",
                rejected: [
                    "not root (no CAP_SYS_ADMIN)", "needs Linux 5.11, this is 5.10", "fusermount3 is not installed",
                ]
            ),
            Case(
                facts: facts {
                    $0.fileSystemTypeName = "overlay"
                    $0.overlayMount = .fails("mount: Invalid argument")
                    $0.fuseProgram = nil
                },
                kind: .copy,
                reason: "works everywhere",
                rejected: [
                    "a trial on overlay failed: mount: Invalid argument", "overlayfs cannot write to overlay",
                    "fuse-overlayfs is not installed",
                ]
            ),
            Case(
                facts: facts {
                    $0.tellsKinds = false
                    $0.fuseDeviceOpens = false
                },
                kind: .copy,
                reason: "works everywhere",
                rejected: [
                    "ext4 does not tell file kinds in directories (d_type; for xfs: mkfs -n ftype=1)",
                    "ext4 does not tell file kinds in directories (d_type; for xfs: mkfs -n ftype=1)",
                    "/dev/fuse cannot be opened",
                ]
            ),
        ]
    )
    func automatic(_ item: Case) throws {
        let choice = try DriverChoice(.automatic, item.facts)
        #expect(choice.kind == item.kind)
        #expect(choice.reason == item.reason)
        #expect(choice.rejected.map(\.reason) == item.rejected)
    }

    @Test("a driver that is asked for is taken, or refused with the reason")
    func exact() throws {
        #expect(try DriverChoice(.exactly(.fuse), Self.root).reason == "asked for")
        #expect(throws: DriverError.unavailable(.overlay, reason: "not root (no CAP_SYS_ADMIN)")) {
            try DriverChoice(.exactly(.overlay), Self.user())
        }
        #expect(throws: DriverError.unavailable(.userns, reason: "no whiteouts on ext4: not permitted")) {
            try DriverChoice(.exactly(.userns), Self.user { $0.whiteout = .fails("not permitted") })
        }
        #expect(throws: DriverError.unavailable(.userns, reason: "no user attributes on ext4: no room")) {
            try DriverChoice(.exactly(.userns), Self.user { $0.userAttribute = .fails("no room") })
        }
    }

    @Test("where nothing can be tried, that is the reason, and not what was not found out", arguments: [true, false])
    func untried(isRoot: Bool) throws {
        let reason = "a trial on ext4 failed: mkdir \"/s/.probe\": Input/output error"
        func change(_ facts: inout DriverFacts) {
            facts.trial = .fails("mkdir \"/s/.probe\": Input/output error")
            facts.tellsKinds = false
            facts.userAttribute = .fails("not tried")
        }
        let kind = isRoot ? DriverKind.overlay : .userns
        #expect(throws: DriverError.unavailable(kind, reason: reason)) {
            try DriverChoice(.exactly(kind), isRoot ? Self.facts(change) : Self.user(change))
        }
    }

    @Test("what users write is read", arguments: [("auto", DriverRequest.automatic), ("fuse", .exactly(.fuse))])
    func requests(_ text: String, _ request: DriverRequest) throws {
        #expect(try DriverRequest(parsing: text) == request)
        #expect(throws: DriverError.unknownName("x" + text)) { try DriverRequest(parsing: "x" + text) }
    }

    @Test("what this host can do is found out, and nothing is left of the trial")
    func probe() throws {
        let scratch = try ScratchDirectory()
        let facts = try DriverProbe.facts(storeRoot: Directory(path: scratch.path))
        #expect(facts.mayMount == Host.mayMount)
        #expect(facts.isInitialNamespace == UserNamespace.isInitial)
        #expect(facts.tellsKinds)
        #expect(!facts.mapping.isEmpty)
        #expect(try Directory(path: scratch.path).isEmpty())
    }
}
