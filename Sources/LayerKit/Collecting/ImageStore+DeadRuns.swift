import ImageSpec
import LayerDriver
import LayerModel
import LayerStorage
import LayerSystem

extension ImageStore {
    /// Takes away what runs have left that nobody ended: the runtime's state, and the mounts that were made for the run.
    ///
    /// A process that runs on although nobody watches it stays, and is told of.
    ///
    /// - Parameter isDryRun: Whether only to say what would go.
    /// - Returns: What went, and a line for each such process.
    /// - Throws: `StorageError`, `SystemError`, `MountTableError`.
    func endDeadRuns(isDryRun: Bool) throws -> (items: [StoreCollection.Item], problems: [String]) {
        var items: [StoreCollection.Item] = []
        var problems: [String] = []
        for record in try store.containers().records {
            do {
                // Who runs the process holds the lock from its beginning to its end.
                guard let place = try RunDirectory(openingOf: record.id, in: store),
                    let lock = try place.directory.tryLock(.exclusive)
                else { continue }
                defer { withExtendedLifetime(lock) {} }
                if let problem = try place.orphan(record.id) {
                    problems.append(problem)
                    continue
                }
                if try place.ownsMount() {
                    items += try endMount(of: record, place, isDryRun: isDryRun)
                }
                items += try place.endLeftovers(record.id, isDryRun: isDryRun)
            } catch let error as SystemError where error.isNotFound {
                // The container was removed meanwhile.
            } catch {
                problems.append("container \(record.name): \(error)")
            }
        }
        return (items, problems)
    }

    private func endMount(
        of record: ContainerRecord,
        _ place: RunDirectory,
        isDryRun: Bool
    ) throws -> [StoreCollection.Item] {
        // Who holds it is about to use the mount, or to end it.
        guard let lock = try store.tryLockContainer(record.id, .exclusive) else { return [] }
        defer { withExtendedLifetime(lock) {} }
        let shown = try StoreMounts(store).place(of: record.id)
        if !isDryRun {
            if let shown { try Mounter.unmount(shown, isLazy: true) }
            ShownMounts.endLocalVolumes(record.mounts.filter { $0.kind == .volume }.compactMap(\.name), in: self)
            try place.setOwnsMount(false)
        }
        return shown.map { [StoreCollection.Item(.mount, $0.mountPoint)] } ?? []
    }
}
