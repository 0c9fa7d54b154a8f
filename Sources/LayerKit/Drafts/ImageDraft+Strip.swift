public import ImageSpec
import ImageTransport
import LayerArchive
public import LayerModel

extension ImageDraft {
    /// Takes paths, and all below them, out of every layer.
    ///
    /// Other names of a file that is taken out keep it, in the layers above as well. A layer that has none of the paths keeps its bytes.
    ///
    /// - Parameters:
    ///   - paths: The paths, none of them the root.
    ///   - step: What the history says of it; nil for no step of its own.
    /// - Returns: How many layers have changed.
    /// - Throws: `LayerError`: `usage` for the root; `corrupt` for a layer that is not what its digests say.
    @discardableResult
    public mutating func strip(_ paths: [LayerPath], _ step: CommitStep?) throws(LayerError) -> Int {
        try LayerError.catching {
            guard paths.allSatisfy({ !$0.isRoot }) else { throw LayerError(.usage, "the root cannot be stripped") }
            var stripped = StrippedPaths(paths)
            var touched: [Bool] = []
            for layer in layers {
                let tar = try layer.source.openTar(readsAhead: false)
                touched.append(try stripped.look(through: tar, layer.source.limits))
                _ = try tar.finish()
            }
            // What a link wants may lie in a layer that nothing else touches: it is stripped there, so that one is touched too.
            var stripping = LayerStripping(stripped)
            var changed = layers
            for place in layers.indices where touched[place] {
                let tar = try layers[place].source.openTar(readsAhead: false)
                let layer = try stripping.strip(tar, layers[place].source.limits)
                _ = try tar.finish()
                changed[place] = DraftLayer(layer, compression: try layers[place].usualCompression())
            }
            guard touched.contains(true) else { return 0 }
            var revision = try ConfigRevision(config)
            revision.replaceLayers(by: changed.map(\.diffID))
            if let step { revision.append(nil, step) }
            let changedConfig = try revision.config()
            layers = changed
            config = changedConfig
            base = nil
            return touched.count { $0 }
        }
    }
}
