import LayerSystem
import Testing

@testable import LayerDriver

@Suite("Mount plan")
struct MountPlanTests {
    private static func tree(_ path: String, opaque: Bool = false, user: Bool = false) -> LowerTree {
        LowerTree(path: Array(path.utf8), isRootOpaque: opaque, usesUserAttributes: user)
    }

    private static let writable = UpperTree(upper: Array("/c/upper".utf8), work: Array("/c/work".utf8))

    private static func plan(
        _ kind: DriverKind,
        _ layers: [LowerTree],
        writable: UpperTree? = writable,
        target: String = "/c/merged",
        isExposed: Bool = false
    ) throws -> MountPlan {
        try MountPlan(
            kind: kind,
            layers: layers,
            writable: writable,
            target: Array(target.utf8),
            isExposed: isExposed
        )
    }

    private static let common = "redirect_dir=nofollow,metacopy=off,index=off,xino=off"

    struct Golden: Sendable {
        let plan: @Sendable () throws -> MountPlan
        let text: String
    }

    @Test(
        "a plan reads as the command that would do the same",
        arguments: [
            Golden(
                plan: { try plan(.overlay, [tree("/l/1"), tree("/l/2"), tree("/l/3")]) },
                text: "mount -t overlay -o nodev,\(common),lowerdir=/l/3:/l/2:/l/1,upperdir=/c/upper,workdir=/c/work "
                    + "overlay /c/merged"
            ),
            Golden(
                plan: { try plan(.overlay, [tree("/l/1"), tree("/l/2")], writable: nil, isExposed: true) },
                text: "mount -t overlay -o ro,nosuid,nodev,\(common),lowerdir=/l/2:/l/1 overlay /c/merged"
            ),
            Golden(
                plan: { try plan(.overlay, [tree("/l/1", user: true)]) },
                text: "mount -t overlay -o nodev,\(common),userxattr,lowerdir=/l/1,upperdir=/c/upper,workdir=/c/work "
                    + "overlay /c/merged"
            ),
            Golden(
                plan: { try plan(.overlay, [tree("/l/1")], writable: nil) },
                text: "mount -t overlay -o ro,nodev,\(common),lowerdir=/l/1:(empty) overlay /c/merged"
            ),
            Golden(
                plan: { try plan(.overlay, [], writable: nil) },
                text: "mount -t overlay -o ro,nodev,\(common),lowerdir=(empty):(empty) overlay /c/merged"
            ),
            Golden(
                plan: { try plan(.userns, []) },
                text: "mount -t overlay -o nodev,\(common),userxattr,lowerdir=(empty),upperdir=/c/upper,"
                    + "workdir=/c/work overlay /c/merged"
            ),
            Golden(
                plan: { try plan(.userns, [tree("/l/1", user: true)], isExposed: true) },
                text: "mount -t overlay -o nodev,\(common),userxattr,lowerdir=/l/1,upperdir=/c/upper,workdir=/c/work "
                    + "overlay /c/merged"
            ),
            Golden(
                plan: { try plan(.fuse, [tree("/l/1"), tree("/l/2", user: true)], isExposed: true) },
                text: "fuse-overlayfs -o nosuid,nodev,lowerdir=/l/2:/l/1,upperdir=/c/upper,workdir=/c/work /c/merged"
            ),
            Golden(
                plan: { try plan(.fuse, [tree("/l/1")], writable: nil) },
                text: "fuse-overlayfs -o ro,nodev,lowerdir=/l/1 /c/merged"
            ),
            Golden(
                plan: { try plan(.overlay, [tree("/l:1"), tree("/l,\\2\n")], target: "/m m") },
                text: #"mount -t overlay -o nodev,\#(common),lowerdir=/l\\,\\\\2\n:/l\\:1,upperdir=/c/upper,"#
                    + "workdir=/c/work overlay /m m"
            ),
        ]
    )
    func goldens(_ item: Golden) throws {
        #expect(try item.plan().description == item.text)
    }

    @Test("what lies under a root-opaque layer is left out")
    func rootOpaque() throws {
        let layers = ["/1", "/2", "/3"].map { Self.tree($0, opaque: $0 == "/2") }
        #expect(try Self.plan(.overlay, layers).lowers == [Array("/3".utf8), Array("/2".utf8)])
        let all = ["/1", "/2", "/3"].map { Self.tree($0, opaque: true) }
        let plan = try Self.plan(.overlay, all, writable: nil)
        #expect(plan.lowers == [Array("/3".utf8)])
        #expect(plan.emptyLowerCount == 1)
    }

    @Test("a tree that stands several times is listed once, at its topmost place")
    func repeated() throws {
        let layers = ["/a", "/b", "/a", "/c", "/b"].map { Self.tree($0) }
        #expect(
            try Self.plan(.overlay, layers).lowers.map { String(decoding: $0, as: UTF8.self) } == ["/b", "/c", "/a"]
        )
    }

    @Test("a layer that is left out does not count", arguments: [DriverKind.overlay, .userns])
    func leftOut(_ kind: DriverKind) throws {
        let other = kind == .userns
        let below = (0..<600).map { Self.tree("/\($0)", user: !other) }
        #expect(try Self.plan(kind, below + [Self.tree("/top", opaque: true, user: other)]).lowers.count == 1)
    }

    @Test(
        "as many layers are planned as overlayfs takes, and no more",
        arguments: [DriverKind.overlay, .userns, .fuse]
    )
    func limit(_ kind: DriverKind) throws {
        let layers = (0...500).map { Self.tree("/\($0)", user: true) }
        #expect(try Self.plan(kind, layers.dropLast()).lowers.count == 500)
        #expect(throws: DriverError.tooManyLayers(501)) { try Self.plan(kind, layers) }
    }

    @Test("what cannot be mounted is refused before anything is done")
    func refusals() throws {
        let (root, user) = (Self.tree("/r"), Self.tree("/u", user: true))
        #expect(throws: DriverError.notMounting(.copy)) { try Self.plan(.copy, [root]) }
        #expect(throws: DriverError.attributesOfRoot(.userns, root.path)) { try Self.plan(.userns, [user, root]) }
        #expect(throws: DriverError.mixedAttributes(user.path, root.path)) { try Self.plan(.overlay, [user, root]) }
        #expect(throws: DriverError.noLayers(.fuse)) { try Self.plan(.fuse, []) }
        #expect(throws: DriverError.pathNotAbsolute(Array("l".utf8))) { try Self.plan(.overlay, [Self.tree("l")]) }
        #expect(throws: DriverError.pathNotAbsolute([])) { try Self.plan(.overlay, [root], target: "") }
        let relative = UpperTree(upper: Array("/u".utf8), work: Array("w".utf8))
        #expect(throws: DriverError.pathNotAbsolute(relative.work)) {
            try Self.plan(.overlay, [root], writable: relative)
        }
    }

    @Test("equal plans are equal, and others are not")
    func equality() throws {
        let layers = [Self.tree("/1"), Self.tree("/2")]
        #expect(try Self.plan(.overlay, layers) == Self.plan(.overlay, layers))
        #expect(try Self.plan(.overlay, layers) != Self.plan(.overlay, layers.reversed()))
        #expect(try Self.plan(.overlay, layers) != Self.plan(.overlay, layers, writable: nil))
        #expect(try Self.plan(.overlay, layers) != Self.plan(.overlay, layers, isExposed: true))
    }

    @Test("every error says what to do on one line")
    func errors() {
        let path = Array("/a\n".utf8)
        let errors: [DriverError] = [
            .notMounting(.copy), .pathNotAbsolute(path), .tooManyLayers(501), .mixedAttributes(path, path),
            .attributesOfRoot(.userns, path), .noLayers(.fuse), .pathNotForProgram("p", path),
            .programFailed("p", status: 1, message: "a\nb"), .notFound(path), .mountedElsewhere(path, process: 7),
        ]
        for error in errors { #expect(!error.description.contains("\n"), "\(error)") }
        #expect(
            DriverError.programFailed("p", status: 137, message: "").description == "p failed (status 137)"
        )
    }
}
