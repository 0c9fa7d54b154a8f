import LayerModel
import LayerTree

extension TreeInquiry {
    /// Gathers what there is to see of an image at once.
    ///
    /// - Parameter argument: An image of the store or a file with an image; of a file all layers are read and verified.
    /// - Returns: The report.
    /// - Throws: `LayerError`: `notFound`, `usage` for what is no image, `corrupt`.
    public func report(on argument: String) throws(LayerError) -> ImageReport {
        try LayerError.catching {
            let opened = try ImageLayers(
                argument,
                LayerPool(store, platform: platform, limits: limits, readsContent: true)
            )
            var image = opened.image
            for (place, layer) in opened.layers.enumerated() where image.layers.indices.contains(place) {
                image.layers[place].size = LayerSize(layer.index)
            }
            return ImageReport(
                image: image,
                commands: opened.commands,
                root: SizeTree(opened.layers.map(\.index)).report,
                waste: Self.waste(of: opened)
            )
        }
    }
}
