import LayerArchive
import LayerModel
import LayerSystem
import LayerTestKit
import Testing

@testable import LayerTree

@Suite("A container that nobody mounts is the container that overlayfs shows", .serialized) struct UnionLawTests {
    private static let seeds: Range<UInt64> = MergeLawTests.isLongRun ? MergeLawTests.seeds : 0..<300

    private typealias Looks = [LayerPath: (look: Look, attributes: [ExtendedAttribute])]

    /// A random stack with a read-write layer above it.
    private struct Container {
        let stack: UnpackedStack
        let tars: [[UInt8]]
        let scratch: ScratchDirectory
        let upper: Directory
        let work: Directory
        let form = UpperForm(
            namespaces: Host.effectiveUserID == 0 ? .trusted : .user,
            ownUserID: Host.effectiveUserID,
            ownGroupID: Host.effectiveGroupID,
            hasExactOwners: Host.effectiveUserID == 0
        )

        /// Nil for a stack that cannot be unpacked, which is the business of another test.
        init?(seed: UInt64) throws {
            var random = RandomLayers(seed: seed)
            tars = random.stack().map { TarBuilder.tar($0) }
            guard let stack = try? UnpackedStack(tars) else { return nil }
            self.stack = stack
            scratch = try ScratchDirectory()
            let root = try Directory(path: scratch.path)
            upper = try root.openOrMakeDirectory("upper", mode: 0o755)
            work = try root.openOrMakeDirectory("work")
        }

        var lowers: LowerStack {
            let start = stack.statistics.lastIndex { $0.isRootOpaque } ?? 0
            return LowerStack(
                stack.lowers[start...].reversed().map {
                    StackedLayer(index: $0.index, tree: $0.tree, isExact: Host.effectiveUserID == 0)
                }
            )
        }

        var lowerPaths: [String] {
            let start = stack.statistics.lastIndex { $0.isRootOpaque } ?? 0
            return (start..<tars.count).reversed().map { "\(stack.scratch.path)/\($0)/tree" }
        }

        func union() throws -> UnionTree { try UnionTree(upper: upper, work: work, over: lowers, form: form) }
    }

    @Test("An image is the tree of its layers", arguments: seeds)
    func images(seed: UInt64) throws {
        guard let container = try Container(seed: seed) else { return }
        let shown = try UnpackedStack.looks(of: UnionTree(container.lowers)).mapValues(\.look)
        var merged = try container.stack.merged()
        if Host.effectiveUserID != 0 {
            // The index has the modes that an ordinary user's disk lacks.
            for (path, look) in shown { merged[path]?.mode = look.mode }
        }
        for path in Set(shown.keys).union(merged.keys).sorted() {
            #expect(shown[path] == merged[path], "seed \(seed): \(path)")
        }
    }

    @Test("Random edits give a layer that gives the tree back", arguments: seeds)
    func committed(seed: UInt64) throws {
        guard let container = try Container(seed: seed) else { return }
        let union = try container.union()
        var edits = TreeEdits(union, seed: seed)
        edits.run(count: 25)
        let shown = try UnpackedStack.looks(of: union)
        let again = try UnpackedStack.looks(of: container.union())
        compare(shown, again, "seed \(seed), opened again", edits.log)
        #expect(try container.work.isEmpty())

        let changes = ChangeWalk.changes(in: container.upper, over: container.lowers, form: container.form)
        #expect(changes.problems.isEmpty)
        let files = ChangedFiles(upper: container.upper, lowers: container.lowers)
        let tar = try UnpackedStack.bytes(of: ChangeTar(changes.changes, files, latestTime: nil))
        let committed = try UnpackedStack(container.tars + [tar])
        let merged = try committed.merged()
        for path in Set(shown.keys).union(merged.keys).sorted() {
            let (left, right) = (simple(shown[path]?.look), simple(merged[path]))
            #expect(left == right, "seed \(seed): \(path) \(edits.log)")
        }
    }

    @Test("Random edits do what they do through a mount", Need.root, OverlayMount.isNeeded, arguments: seeds)
    func mounted(seed: UInt64) throws {
        guard let container = try Container(seed: seed) else { return }
        var edits = TreeEdits(try container.union(), seed: seed)
        edits.run(count: 25)
        let shown = try UnpackedStack.looks(of: container.union())
        // The kernel must see what was written behind its back before it mounted.
        let mount = try OverlayMount(container.lowerPaths, upper: "upper", in: container.scratch)
        let tree = MountedTree(try Directory(path: mount.path), owners: OwnerRule(container.form))
        compare(shown, try UnpackedStack.looks(of: tree), "seed \(seed), mounted", edits.log)
        try comparePaths(try container.union(), tree, seed)
        mount.end()

        let other = try ScratchDirectory()
        let otherMount = try OverlayMount(container.lowerPaths, writingIn: other)
        defer { otherMount.end() }
        let live = MountedTree(try Directory(path: otherMount.path), owners: OwnerRule(container.form))
        var liveEdits = TreeEdits(live, seed: seed)
        liveEdits.run(count: 25)
        #expect(edits.log == liveEdits.log, "seed \(seed)")
        compare(shown, try UnpackedStack.looks(of: live), "seed \(seed), edited through the mount", edits.log)
    }

    /// Paths lead where the kernel follows them to, `..` and links of all layers among them.
    private func comparePaths(_ union: UnionTree, _ mounted: MountedTree, _ seed: UInt64) throws {
        var paths = TreeEdits(union, seed: seed + 1)
        let root = try #require(mounted.root as? OpenDirectory).directory
        for _ in 0..<20 {
            let path = paths.path() + Array("/..".utf8) + Array("/".utf8) + paths.path()
            let kinds = [union as any ContainerTree, mounted].map { tree in
                try? tree.resolve(path, followsLast: true).entry?.kind
            }
            let kernel = try? root.statusInRoot(path, followsLastLink: true).kind
            #expect(kinds[0] == kernel, "seed \(seed): \(String(decoding: path, as: UTF8.self))")
            #expect(kinds[1] == kernel, "seed \(seed): \(String(decoding: path, as: UTF8.self))")
        }
    }

    private func compare(_ left: Looks, _ right: Looks, _ what: String, _ log: [String]) {
        for path in Set(left.keys).union(right.keys).sorted() {
            #expect(
                withoutDirectoryTime(left[path]?.look) == withoutDirectoryTime(right[path]?.look),
                "\(what): \(path) \(log)"
            )
            #expect(left[path]?.attributes == right[path]?.attributes, "\(what): \(path) \(log)")
        }
    }

    private func withoutDirectoryTime(_ look: Look?) -> Look? {
        guard var look, look.kind == .directory else { return look }
        look.time = Timestamp(seconds: 0)
        return look
    }

    /// A layer keeps whole seconds, and a directory's time only where something else of it or below it changed.
    private func simple(_ look: Look?) -> Look? {
        guard var look else { return nil }
        look.time = Timestamp(seconds: look.kind == .directory ? 0 : look.time.seconds)
        if Host.effectiveUserID != 0 { look.mode = UnpackedStack.modeOnDisk(look.mode, look.kind) }
        return look
    }
}
