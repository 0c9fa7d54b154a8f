import LayerStorage
import LayerSystem

extension ImageStore {
    /// Removes everything from the store that no record needs: layers and blobs, what dead processes have left, mounts of what is gone.
    ///
    /// Images, containers and volumes stay, be they damaged; while a record of an image or of a container is, no layer goes. It waits
    /// until nobody adds to the store. Cut off at any point, the next one goes on. Must be called before any thread is started.
    ///
    /// - Parameters:
    ///   - isDryRun: Whether only to say what would go; a read-only store can be asked as well.
    ///   - willWait: Called once when somebody else has been at work for a second.
    /// - Returns: What went; nothing for a store that does not exist.
    /// - Throws: `LayerError`.
    public func collectGarbage(
        isDryRun: Bool = false,
        willWait: () throws -> Void = {}
    ) throws(LayerError) -> CollectionReport {
        try LayerError.catching {
            // There what containers and volumes have of other users can be read and removed.
            if store.root != nil { try VolumeNamespace.enter() }
            let runs = try endDeadRuns(isDryRun: isDryRun)
            if !isDryRun { try endDeadMoves() }
            var report = CollectionReport(try store.collect(isDryRun: isDryRun, willWait: willWait))
            report.items = runs.items.map(CollectionReport.Item.init) + report.items
            report.problems = runs.problems + report.problems
            return report
        }
    }

    /// Ends commits that were to move the files of containers and were cut off: what they left keeps space taken.
    private func endDeadMoves() throws {
        for record in try store.containers().records where record.isMoving {
            guard let lock = try store.tryLockContainer(record.id, .exclusive) else { continue }
            defer { withExtendedLifetime(lock) {} }
            if try store.containerRecord(record.id)?.isMoving == true { try store.endMove(of: record.id) }
        }
    }
}
