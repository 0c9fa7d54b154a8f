public import LayerModel
import LayerStorage
import LayerSystem

extension ImageStore {
    /// Removes the images that no container uses, and the layers that nothing else has; what is mounted stays.
    ///
    /// - Parameters:
    ///   - takesNamed: Whether images with names go as well.
    ///   - isDryRun: Whether only to say what would go.
    ///   - gone: Containers that count as removed, for a look at what would go after them.
    ///   - filter: Whether an image may go.
    /// - Returns: What went, in order, what it held in bytes, a line for each image that stays because it is mounted, and one for each damaged
    ///   record.
    /// - Throws: `LayerError`.
    public func pruneImages(
        takesNamed: Bool,
        isDryRun: Bool = false,
        after gone: Set<ContainerID> = [],
        where filter: (ImageDetails) -> Bool = { _ in true }
    ) throws(LayerError) -> (items: [RemovedItem], byteCount: Int64, kept: [String], problems: [String]) {
        try LayerError.catching {
            var mounts: StoreMounts?
            let pruned = try store.pruneImages(
                takesNamed: takesNamed,
                isDryRun: isDryRun,
                after: gone,
                where: { filter(try details($0)) },
                mountPoint: { image in
                    // One look, under the lock that keeps others from mounting.
                    let found = try mounts ?? StoreMounts(store)
                    mounts = found
                    return try found.place(showing: image)
                }
            )
            return (pruned.events.map(RemovedItem.init), pruned.byteCount, pruned.kept, pruned.problems)
        }
    }

    /// Removes the containers that neither run nor are mounted.
    ///
    /// Source: moby `daemon/prune.go`, `ContainersPrune`.
    ///
    /// - Parameters:
    ///   - isDryRun: Whether only to say what would go.
    ///   - filter: Whether a container may go.
    /// - Returns: Those that went, what was written in them in bytes, a line for each damaged record, and why others could not go.
    /// - Throws: `LayerError`.
    public func pruneContainers(
        isDryRun: Bool = false,
        where filter: (ContainerDetails) -> Bool = { _ in true }
    ) throws(LayerError) -> (ids: [ContainerID], byteCount: Int64, problems: [String], failures: [LayerError]) {
        if store.root != nil { try LayerError.catching { try VolumeNamespace.enter() } }
        let listing = try containers(measuresSizes: true)
        var (ids, failures): ([ContainerID], [LayerError]) = ([], [])
        var byteCount: Int64 = 0
        for container in listing.containers where !container.state.isInUse && filter(container) {
            do throws(LayerError) {
                try removeContainer(container.id.hex, isDryRun: isDryRun)
                ids.append(container.id)
                byteCount += container.upperByteCount ?? 0
            } catch {
                // Somebody was faster.
                if error.code != .notFound { failures.append(error) }
            }
        }
        return (ids, byteCount, listing.problems, failures)
    }
}
