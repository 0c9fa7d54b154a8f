import LayerModel
import LayerSystem
import LayerTestKit
import Testing

/// Random stacks of layers and random edits: kernel overlay = overlay in a user namespace = copy = union view = the definition.
///
/// Of each seed, every driver shows the image as `TreeMerge` has it and the edited container as `ModelTree` has it, with the driver and
/// after it has gone; `diff` is what the two trees say; all commits have one DiffID, and the committed image is the container. Each of the 1,000
/// seeds goes through all four kinds of driver. Half of them give files away, which takes numbers of users: checkout and union view are root's
/// there, and the namespace of the user overlay has ranges. The other half is what anybody can do: there it is a namespace of one
/// number, and checkout and union view have none. 200 more seeds are free to do what only root's disk can say.
///
/// 50 seeds share an image and a container, each in a directory `seed-N`: else mounting and committing would take all the time. What
/// differs has the seed in its path.
///
/// fuse-overlayfs is held to the cases that have a name alone (`SnapshotterTests`, `GraphTests`): 1.10 copies up neither links, FIFOs
/// nor set-user-ID bits of directories as they are, shows removed names again, and lists some directories as ENOMEM.
///
/// `LAYERCTL_CONFORMANCE_SEED` runs one seed alone, in the root and in its directory, by every driver that can do it; `LAYERCTL_TEST_SEEDS`
/// runs that many.
@Suite("Whatever shows a container, it is the same container") struct RandomConformanceTests {
    private static let batchSize: UInt64 = 250
    private static let groupSize = 50
    private static let rootSeeds: Range<UInt64> = 1_000_000..<1_000_200
    static let given = Host.environment("LAYERCTL_CONFORMANCE_SEED").flatMap(UInt64.init)
    private static let seeds: Range<UInt64> = 0..<(Host.environment("LAYERCTL_TEST_SEEDS").flatMap(UInt64.init) ?? 1000)
    private static let isRoot = Host.effectiveUserID == 0

    private static let batches: [Range<UInt64>] = {
        if let given { return [given..<given + 1] }
        let ranges = isRoot ? [seeds, rootSeeds] : [seeds]
        return ranges.flatMap { range in
            stride(from: range.lowerBound, to: range.upperBound, by: Int(batchSize)).map {
                $0..<min($0 + batchSize, range.upperBound)
            }
        }
    }()

    @Test(arguments: batches) func `Random stacks and edits`(_ seeds: Range<UInt64>) async throws {
        for rights in RandomContainer.Rights.allCases {
            let cases = try Self.cases(seeds.filter { Self.rights($0) == rights }, rights)
            let able = DriverUnderTest.usable.filter { $0.kind != .fuse && Self.canDo(rights, $0) }
            let drivers = Self.given != nil ? able : able.filter { Self.isChosen($0, rights) }
            try await Conformance.check(cases, by: drivers)
        }
    }

    /// Puts the containers of seeds together; one whose layers mean nothing when they lie in a directory has a case of its own.
    private static func cases(
        _ seeds: [UInt64],
        _ rights: RandomContainer.Rights
    ) throws -> [ConformanceCase] {
        func made(_ seed: UInt64, _ root: LayerPath) throws -> RandomContainer {
            try RandomContainer(seed: seed, rights: rights, below: root)
        }
        var together: [RandomContainer] = []
        var cases: [ConformanceCase] = []
        for seed in seeds {
            var needsRoot = given != nil
            do {
                together.append(try made(seed, LayerPath.root.appending(Array("seed-\(seed)".utf8))))
            } catch is TreeMergeError {
                needsRoot = true
            }
            guard needsRoot else { continue }
            cases.append(ConformanceCase([try made(seed, .root)], name: "LAYERCTL_CONFORMANCE_SEED=\(seed)"))
        }
        for start in stride(from: 0, to: together.count, by: groupSize) {
            let parts = Array(together[start..<min(start + groupSize, together.count)])
            cases.append(ConformanceCase(parts, name: "LAYERCTL_CONFORMANCE_SEED=N of /seed-N"))
        }
        return cases
    }

    private static func rights(_ seed: UInt64) -> RandomContainer.Rights {
        if !isRoot { return .nobody }
        if rootSeeds.contains(seed) { return .root }
        return seed.isMultiple(of: 2) ? .ranges : .nobody
    }

    private static func canDo(_ rights: RandomContainer.Rights, _ driver: DriverUnderTest) -> Bool {
        switch rights {
        case .root: driver.privilege == .root
        case .ranges: driver.privilege == .root || driver.privilege == .ranges
        case .nobody: true
        }
    }

    /// Whether a driver is one of the four that seeds of some rights go through.
    private static func isChosen(_ driver: DriverUnderTest, _ rights: RandomContainer.Rights) -> Bool {
        switch driver.privilege {
        case .root: driver.kind == .overlay || rights != .nobody
        case .ranges: rights == .ranges
        case .singleID, .nobody: rights == .nobody
        }
    }
}
