import Testing

/// What containerd asks of each of its snapshotters, asked of each driver.
///
/// The list is that of its `core/snapshots/testsuite`; a snapshot that is prepared is a container here, one that is committed an image.
/// Each container is prepared, shown, edited, closed, asked and committed, and what it shows is held to `ModelTree` at each step.
///
/// Not asked: *Update* (labels are given when a container is created, no verb changes them), *Walk* and *WalkFilter* (`ps`, `ps -f`:
/// `ContainerListTests`; no driver has a part in it). *RemoveIntermediateSnapshot* must fail there; here an image has its own list of
/// layers, and removing the one that it was built on takes nothing away. Of what is wanted there, *getcwd* and inodes that stay what they are through
/// a copy-up are the kernel's to give: a checkout copies nothing up, an overlay keeps what stat(2) shows, but not what a file that
/// was open before reads.
@Suite("containerd's snapshotter checks") struct SnapshotterTests {
    private typealias Driver = DriverUnderTest

    private static func usable(_ name: NamedCase) -> [DriverUnderTest] { Driver.usable.filter(name.applies) }
    private static func usable(_ script: StoreScript) -> [DriverUnderTest] { Driver.usable.filter(script.applies) }

    @Test(arguments: usable(.basic))
    func `Basic: what was committed shows all that was written, and takes more`(_ driver: DriverUnderTest) async throws
    {
        let changes = [["A /a", "A /a/b", "A /a/b/c", "A /foo"], ["A /bar", "D /foo"], []]
        try await NamedRuns.check(.basic, driver, changes)
    }

    @Test(arguments: usable(.states))
    func `StatActive, StatCommitted, StatInWalk: a container says whether it is shown, also while all are listed`(
        _ driver: DriverUnderTest
    ) async throws { try await NamedRuns.check(.states, driver) }

    @Test(arguments: usable(.transitivity))
    func `Transitivity: three containers on each other`(_ driver: DriverUnderTest) async throws {
        let changed = ["C /etc", "C /etc/a"]
        let changes = [changed + ["A /one"], changed + ["A /two"], changed + ["D /one"]]
        try await NamedRuns.check(.transitivity, driver, changes)
    }

    @Test(arguments: usable(.nameTaken))
    func `PrepareViewFailing: a name is taken once`(_ driver: DriverUnderTest) async throws {
        try await NamedRuns.check(.nameTaken, driver)
    }

    @Test(arguments: usable(.inUse))
    func `Remove: an image that a container is made of stays, a container that is shown too`(
        _ driver: DriverUnderTest
    ) async throws { try await NamedRuns.check(.inUse, driver) }

    @Test(arguments: usable(.intermediate))
    func `RemoveIntermediateSnapshot: who loses the image below has all the same`(
        _ driver: DriverUnderTest
    ) async throws { try await NamedRuns.check(.intermediate, driver) }

    @Test(arguments: usable(.update))
    func `LayerFileUpdate: a file of one size changes five times`(_ driver: DriverUnderTest) async throws {
        let changes = Array(repeating: ["C /etc", "C /etc/a"], count: 5)
        let seen = try await NamedRuns.check(.update, driver, changes)
        #expect(Set(seen.map(\.diffID)).count == 5)
    }

    @Test(arguments: usable(.removeDirectory))
    func `RemoveDirectoryInLowerLayer: a directory that is made again is empty, also one layer on`(
        _ driver: DriverUnderTest
    ) async throws {
        let changes = [["C /d", "D /d/deep", "A /d/new"], ["C /d", "A /d/deep"]]
        try await NamedRuns.check(.removeDirectory, driver, changes)
    }

    @Test(arguments: usable(.chown))
    func `Chown: who gives a file away leaves what is in it`(_ driver: DriverUnderTest) async throws {
        try await NamedRuns.check(.chown, driver, [["C /d", "C /etc", "C /etc/a"], ["C /etc", "C /etc/a"]])
    }

    @Test(arguments: usable(.directoryModes))
    func `DirectoryPermissionOnCommit: modes of directories, old and new`(_ driver: DriverUnderTest) async throws {
        let changes = [["C /d", "A /t", "A /t/s"], ["C /t", "C /t/s", "A /t/s/f"]]
        try await NamedRuns.check(.directoryModes, driver, changes)
    }

    @Test(arguments: usable(.deleted))
    func `DeletedFilesInChildSnapshot: what is gone stays gone`(_ driver: DriverUnderTest) async throws {
        let first = ["C /d", "D /d/deep", "C /etc", "D /etc/a", "D /l", "D /p"]
        try await NamedRuns.check(.deleted, driver, [first, ["C /etc", "D /etc/c"], ["C /etc", "A /etc/a"]])
    }

    @Test(arguments: usable(.moved))
    func `MoveFileFromLowerLayer: its content goes along`(_ driver: DriverUnderTest) async throws {
        let first = ["A /b", "C /d", "A /d/a", "C /etc", "D /etc/a", "D /etc/b"]
        try await NamedRuns.check(.moved, driver, [first, ["C /d", "D /d/a", "C /etc", "A /etc/a"]])
    }

    @Test(arguments: usable(.movedSpecialFiles))
    func `A symbolic link and a FIFO are moved too`(_ driver: DriverUnderTest) async throws {
        try await NamedRuns.check(.movedSpecialFiles, driver, [["C /etc", "A /etc/l", "D /l", "D /p", "A /q"]])
    }

    @Test(arguments: usable(.readOnly))
    func `ViewReadonly: an image, and a container on demand, take nothing`(_ driver: DriverUnderTest) async throws {
        try await NamedRuns.check(.readOnly, driver)
    }

    @Test(arguments: usable(.closeTwice))
    func `CloseTwice: what is gone is not found`(_ driver: DriverUnderTest) async throws {
        try await NamedRuns.check(.closeTwice, driver)
    }

    @Test(arguments: usable(.rootMode))
    func `RootPermission: everybody may look into the root`(_ driver: DriverUnderTest) async throws {
        try await NamedRuns.check(.rootMode, driver)
    }

    @Test(arguments: usable(.renamed))
    func `Rename: a file over a file, and a directory`(_ driver: DriverUnderTest) async throws {
        let first = [
            "C /d", "D /d/deep", "A /d/f", "A /e", "A /e/deep", "A /e/deep/x", "C /etc", "D /etc/a", "C /etc/b",
        ]
        try await NamedRuns.check(.renamed, driver, [first, ["A /deep", "A /deep/x", "C /e", "D /e/deep"]])
    }

    @Test(arguments: usable(.manyLayers))
    func `128LayersMount: more layers than a page of options has room for`(_ driver: DriverUnderTest) async throws {
        try await NamedRuns.check(.manyLayers, driver, [["C /d", "C /d/shared", "D /own-0", "C /own-1"]])
    }

    @Test(arguments: usable(.socket))
    func `A socket is shown, left out of the layer, and told of`(_ driver: DriverUnderTest) async throws {
        try await NamedRuns.check(.socket, driver)
    }

    @Test(arguments: usable(.cutOff))
    func `A mount whose maker has gone is found and cleared`(_ driver: DriverUnderTest) async throws {
        try await NamedRuns.check(.cutOff, driver)
    }
}
