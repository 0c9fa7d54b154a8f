package import LayerModel
package import LayerSystem

/// Makes a real directory of a tree: of layers, or of layers and what a container has written.
///
/// Files share blocks with the store's where the file system can do that, and are copies otherwise; they are never the store's files
/// themselves, since a write would reach the store then. Nothing of the tree is for anybody else until its root has its attributes, at
/// the very end.
package struct CheckoutMaker: Sendable {
    private let plan: CheckoutPlan
    private let lowers: LowerStack
    private let upper: Directory?
    private let settings: TreeSettings
    private let workers: Int

    /// Prepares to make a tree.
    ///
    /// - Parameters:
    ///   - tree: The whole tree, as `ChangeWalk.wholeTree` gives it.
    ///   - lowers: The layers.
    ///   - upper: The root of what the container has written; nil when there is nothing.
    ///   - settings: What the process is like.
    ///   - workers: How many threads make files.
    package init(
        _ tree: ChangeSet,
        lowers: LowerStack,
        upper: Directory?,
        settings: TreeSettings,
        workers: Int = WorkerPool.processorCount
    ) {
        plan = CheckoutPlan(tree.changes)
        self.lowers = lowers
        self.upper = upper
        self.settings = settings
        self.workers = workers
    }

    /// Makes the tree.
    ///
    /// - Parameters:
    ///   - root: An empty directory.
    ///   - attributes: What the directory itself is to look like.
    /// - Returns: What was made of which node, for `ChangeWalk`.
    /// - Throws: `SystemError` that names the place; `TreeError.damagedFile`. What was made stays then.
    package func make(in root: Directory, attributes: FileAttributes) throws -> CheckoutRecord {
        try close(root)
        try makeDirectories(in: root)
        let outcome = CheckoutOutcome(count: plan.tree.count)
        try makeFiles(in: root, outcome)
        try makeLinks(in: root, outcome)
        try finishDirectories(in: root, outcome)
        let clock = try CheckoutClock(in: root)
        var setter = AttributeSetter(settings)
        try setter.set(attributes, ofDirectory: root)
        outcome.add([], setter.losses)
        return CheckoutRecord(
            finished: try clock.waitUntilPast(),
            inodes: numbers(outcome.inodes),
            losses: outcome.losses
        )
    }

    /// Takes the directory away from everybody else: what is made in it has its final owners and modes before it is complete.
    private func close(_ root: Directory) throws(SystemError) {
        if settings.uid == 0 { try root.setOwner(uid: settings.uid, gid: settings.gid) }
        try root.setMode(0o700)
        do throws(SystemError) {
            // All that is made in it would inherit the list.
            try root.removeExtendedAttribute("system.posix_acl_default")
        } catch {
            guard error.isNoAttribute || error.isNotSupported else { throw error }
        }
    }

    private func makeDirectories(in root: Directory) throws(SystemError) {
        var open: (parent: Int32, directory: Directory) = (-1, root)
        for place in plan.directories {
            let parent = plan.parents[place]
            if parent != open.parent {
                let directory = parent < 0 ? root : try root.openInRoot(plan.tree[Int(parent)].path.bytes)
                open = (parent, directory)
            }
            let descriptor = open.directory.descriptor
            try CName.lend(plan.tree[place].path.name) { name throws(SystemError) in
                try descriptor.makeDirectory(name, mode: 0o700)
            }
        }
    }

    private func makeFiles(in root: Directory, _ outcome: CheckoutOutcome) throws {
        let cloning = CloneSupport()
        try WorkerPool.run(workers: workers, jobs: plan.jobs.count) { job in
            let sources = CheckoutSources(lowers, upper: upper)
            var worker = CheckoutWorker(plan, in: root, sources, cloning, settings)
            for position in plan.jobs[job] { try worker.makeFile(plan.files[position]) }
            outcome.add(worker.made, worker.losses)
        }
    }

    /// Gives files their further names; of one that could not be made there is none either.
    private func makeLinks(in root: Directory, _ outcome: CheckoutOutcome) throws(SystemError) {
        guard !plan.links.isEmpty else { return }
        let inodes = outcome.inodes
        var made: [(place: Int, inode: UInt64)] = []
        for link in plan.links {
            made.append((link.place, inodes[link.first]))
            guard inodes[link.first] != CheckoutRecord.notMade else { continue }
            let (path, first) = (plan.tree[link.place].path, plan.tree[link.first].path)
            let directory = try root.openInRoot(path.parent?.bytes ?? [])
            let source = try root.openInRoot(first.parent?.bytes ?? [])
            try directory.makeHardLink(Array(path.name), to: source, Array(first.name))
        }
        outcome.add(made, CheckoutLosses())
    }

    /// Gives the directories their attributes; the order does not matter, since nothing is made in them any more.
    private func finishDirectories(in root: Directory, _ outcome: CheckoutOutcome) throws {
        let size = 64
        let count = (plan.directories.count + size - 1) / size
        try WorkerPool.run(workers: workers, jobs: count) { job in
            var setter = AttributeSetter(settings)
            var made: [(place: Int, inode: UInt64)] = []
            for place in plan.directories[(job * size)..<min(plan.directories.count, (job + 1) * size)] {
                let directory = try root.openInRoot(plan.tree[place].path.bytes)
                try setter.set(plan.tree[place].attributes, ofDirectory: directory)
                made.append((place, try directory.status().identity.inode))
            }
            outcome.add(made, setter.losses)
        }
    }

    /// Brings the numbers of the files into the order of the layers' nodes.
    ///
    /// What the container has itself is none of them: nothing tells whether it is as it was but its content.
    private func numbers(_ inodes: [UInt64]) -> [ContiguousArray<UInt64>] {
        var numbers = lowers.layers.map { ContiguousArray<UInt64>(repeating: 0, count: $0.index.nodes.count) }
        for (place, change) in plan.tree.enumerated() {
            guard case .lower(let reference) = change.content, change.isWhollyLower else { continue }
            numbers[reference.layer][reference.ordinal] = inodes[place]
        }
        return numbers
    }
}
