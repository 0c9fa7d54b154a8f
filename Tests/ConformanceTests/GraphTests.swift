import Testing

/// What moby and containers/storage ask of each of their graph drivers, asked of each driver.
///
/// The list is that of `graphtest`; a layer with a parent is a container on an image here. *SetQuota* is not asked: no driver has quotas.
/// *DeepLayerRead* has 128 layers there; here ten are committed one on the other, and 128 are loaded (`128LayersMount`). *ListLayers* is `layers`, which no driver has a part in (`UsageCommandTests`).
@Suite("graphtest's checks") struct GraphTests {
    private static func usable(_ name: NamedCase) -> [DriverUnderTest] { DriverUnderTest.usable.filter(name.applies) }

    @Test(arguments: usable(.empty))
    func `CreateEmpty: an image of nothing is an empty directory, and makes no layer`(
        _ driver: DriverUnderTest
    ) async throws {
        let seen = try await NamedRuns.check(.empty, driver, [[], []])
        #expect(seen.allSatisfy { $0.shown.isEmpty && $0.diffID == nil })
    }

    @Test(arguments: usable(.base))
    func `CreateBase: modes come back as they were set`(_ driver: DriverUnderTest) async throws {
        let seen = try await NamedRuns.check(.base, driver, [["A /a-file", "A /a-subdir"], []])
        #expect(seen.first?.committed?["a-subdir"]?.mode == 0o1705)
        #expect(seen.first?.committed?["a-file"]?.mode == 0o4644)
    }

    @Test(arguments: DriverUnderTest.usable)
    func `CreateSnap, CreateFromTemplate: containers of one image do not see each other`(
        _ driver: DriverUnderTest
    ) async throws { try await NamedRuns.check(.twoContainers, driver) }

    @Test(arguments: usable(.deep))
    func `DeepLayerRead: ten containers on each other`(_ driver: DriverUnderTest) async throws {
        let seen = try await NamedRuns.check(.deep, driver)
        #expect(seen.last?.committed?.count == 12)
    }

    @Test(arguments: usable(.tenFiles))
    func `DiffApply10Files: the layer of ten changed files gives the same tree on the same base`(
        _ driver: DriverUnderTest
    ) async throws {
        let changes = (0..<10).map { $0 == 5 ? "D /file-5" : "C /file-\($0)" }
        try await NamedRuns.check(.tenFiles, driver, [changes, []])
    }

    @Test(arguments: usable(.changes))
    func `Changes: twenty files, of which some are changed, removed and added`(_ driver: DriverUnderTest) async throws {
        let changed = (10..<15).map { "C /file-\($0)" } + (20..<25).map { "A /file-\($0)" }
        let changes = (0..<5).map { "D /file-\($0)" } + changed
        try await NamedRuns.check(.changes, driver, [changes.sorted { $0.dropFirst(2) < $1.dropFirst(2) }])
    }

    @Test(arguments: DriverUnderTest.usable)
    func `Echo: a directory is removed, and made again, at ten depths`(_ driver: DriverUnderTest) async throws {
        var changes: [[String]] = [[], [], []]
        for paths in NamedCase.echoPaths {
            let above = paths.dropLast().map { "C /\($0)" }
            let path = paths[paths.count - 1]
            let own = [["D /\(path)"], ["A /\(path)", "A /\(path)/made"], ["C /\(path)", "D /\(path)/made"]]
            for (number, lines) in own.enumerated() { changes[number] += above + lines }
        }
        try await NamedRuns.check(.echo, driver, changes)
    }

    @Test("Each way to have a container is tested here", .enabled(if: missing.isEmpty, "not tested here: \(missing)"))
    func everyDriver() {
        #expect(DriverUnderTest.usable == DriverUnderTest.all)
    }

    private static let missing = DriverUnderTest.all.compactMap { driver in
        driver.obstacle.map { "\(driver.name) (\($0))" }
    }.joined(separator: ", ")
}
