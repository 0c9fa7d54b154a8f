import ImageSpec
import LayerModel
import LayerTree

/// The layers of an image with what made them.
struct ImageLayers {
    let layers: [StackedLayer]
    let image: ImageDetails
    /// The commands that made the layers, in their order.
    let commands: [String]

    /// Opens an image.
    ///
    /// - Parameters:
    ///   - text: An image of the store or a file with an image.
    ///   - pool: Opens layers.
    /// - Throws: `LayerError` of code `usage` for anything that is no image.
    init(_ text: String, _ pool: LayerPool) throws {
        let argument = try AskedArgument(text, in: pool.store)
        let stack = try pool.stack(argument)
        guard argument.position == nil, let image = stack.image else {
            throw LayerError(.usage, "\(EscapedText.name(text.utf8)): not an image")
        }
        self.image = image
        layers = stack.layers
        var commands = [String](repeating: "", count: stack.layers.count)
        for row in zip(image.config.history, try image.config.layerIndexes()) {
            guard let place = row.1, commands.indices.contains(place) else { continue }
            commands[place] = row.0.createdBy ?? ""
        }
        self.commands = commands
    }
}
