import ImageSpec
package import LayerModel
import LayerSystem
import LayerTree

extension LayerStore {
    /// Removes the images that no container is made of or has mounted, and the layers that nothing else has.
    ///
    /// While a container's record is damaged none goes, and none for want of a name while that of a name is: nobody knows which image it
    /// means. Waits until nobody adds to the store.
    ///
    /// Source: moby `daemon/images/image_prune.go`, `ImagesPrune`.
    ///
    /// - Parameters:
    ///   - takesNamed: Whether images with names go as well.
    ///   - isDryRun: Whether only to say what would go.
    ///   - gone: Containers that count as removed.
    ///   - mayGo: Whether an image is meant.
    ///   - mountPoint: Where an image is shown as a directory; nil where it is not.
    /// - Returns: What went; nothing for a store that does not exist.
    /// - Throws: `SystemError`, also when an image or a name cannot be read: then none goes; what the closures throw.
    package func pruneImages(
        takesNamed: Bool,
        isDryRun: Bool,
        after gone: Set<ContainerID> = [],
        where mayGo: (StoredImage) throws -> Bool,
        mountPoint: (StoredImage) throws -> [UInt8]?
    ) throws -> PrunedImages {
        var pruned = PrunedImages()
        guard root != nil else { return pruned }
        let lock = try lockToDelete()
        let (images, problems) = try readImages()
        // A name that cannot be read would stay behind its image, or be all that keeps it.
        try problems.checkReadable()
        let containers = try containers(without: gone)
        let nameProblems = takesNamed ? [] : try allNames().problems
        pruned.problems = problems.lines.sorted() + containers.problems
        pruned.problems += nameProblems.filter { !problems.lines.contains($0) }
        guard containers.problems.isEmpty, nameProblems.isEmpty else { return pruned }
        var mark = try StoreMark(of: self, without: gone)
        var trash: [[UInt8]] = []
        for image in images where takesNamed || image.names.isEmpty {
            guard Self.user(of: image, among: containers.records) == nil, try mayGo(image) else { continue }
            if let place = try mountPoint(image) {
                let id = image.record.id.digest.hex.prefix(12)
                pruned.kept.append("image \(id) stays: it is mounted at \(EscapedText.name(place))")
                continue
            }
            let unneeded = mark.remove(image.record.layers)
            pruned.events += image.names.map { .untagged($0.reference) } + [.deletedImage(image.record.id)]
            pruned.events += unneeded.chains.map { .deletedLayer($0) }
            pruned.byteCount += try byteCount(of: unneeded)
            guard !isDryRun else { continue }
            for name in image.names { try removeName(name.reference) }
            trash += try discard(image.record.id, unneeded)
        }
        withExtendedLifetime(lock) {}
        try emptyTrash(trash)
        return pruned
    }

    private func byteCount(of unneeded: StoreMark.Unneeded) throws -> Int64 {
        var sum: Int64 = 0
        for key in unneeded.keys { sum += try intactLayer(key)?.summary.treeByteCount ?? 0 }
        for blob in unneeded.blobs { sum += try openBlob(blob)?.byteCount() ?? 0 }
        return sum
    }
}
