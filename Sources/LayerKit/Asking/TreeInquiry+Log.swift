import ImageSpec
import LayerModel
import LayerTree

extension TreeInquiry {
    /// Tells what the layers of an image did to a path.
    ///
    /// A path counts as it is written; where no layer ever had such a name, the links on the way to it are followed as they are in the
    /// finished image.
    ///
    /// - Parameters:
    ///   - paths: Absolute paths.
    ///   - argument: An image of the store or a file with an image.
    /// - Returns: For each path the path that was found and its events, the first one first.
    /// - Throws: `LayerError`: `notFound` for a path that never was there, `usage` for what is no image.
    public func events(
        of paths: [[UInt8]],
        in argument: String
    ) throws(LayerError) -> [(path: [UInt8], events: [PathEvent])] {
        try LayerError.catching {
            let pool = LayerPool(store, platform: platform, limits: limits, readsContent: false)
            let history = try ImageLayers(argument, pool)
            let log = PathLog(history)
            return try paths.map { path in
                let found = try log.find(Self.layerPath(path))
                return (Array("/".utf8) + found.path.bytes, try log.events(found.entries))
            }
        }
    }
}
