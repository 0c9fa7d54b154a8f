public import ImageSpec
import ImageTransport
import LayerArchive
import LayerModel
import LayerSystem
import LayerTree

extension ImageDraft {
    /// Makes one layer of several that stand above each other.
    ///
    /// What they remove of the layers below them is removed by whiteouts, and what only one of them has of another is gone. The image means
    /// the same after each of the layers that are left. The steps that made the layers stay in the history, as steps that made none.
    ///
    /// - Parameters:
    ///   - places: Their places, the lowest layer 0.
    ///   - step: What the history says of the new layer.
    /// - Throws: `LayerError`: `usage` for places that are not there; `corrupt` for a layer that is not what its digests say.
    public mutating func squash(_ places: Range<Int>, _ step: CommitStep) throws(LayerError) {
        try LayerError.catching {
            guard !places.isEmpty, layers.indices.contains(places.lowerBound), places.upperBound <= layers.count else {
                throw LayerError(.usage, "no such layers to squash: the image has \(layers.count)")
            }
            let stack = try DraftStack(Array(layers[..<places.upperBound]))
            let changes = LayerChanges.of(places.count, in: stack.lowers)
            // Nothing lies in an upper directory: all content is in the layers.
            let nowhere = try Directory(path: "/")
            let tar = try ChangeTar(changes, ChangedFiles(upper: nowhere, lowers: stack.lowers), latestTime: nil)
            let layer = try tar.spooled("squashed layer")
            withExtendedLifetime(stack) {}
            var revision = try ConfigRevision(config)
            revision.squash(places, into: layer.diffID, step)
            let compression = try layers[places.upperBound - 1].usualCompression()
            layers.replaceSubrange(places, with: [DraftLayer(layer, compression: compression)])
            config = try revision.config()
            base = nil
        }
    }
}
