import LayerModel
import LayerTestKit

/// A stack of layers, and what is done to containers of it, one made of what was committed of the one before.
struct ConformanceCase {
    /// What to call it when something differs.
    let name: String
    /// The layers, the lowest first.
    let layers: [[LayerEntry]]
    /// The edits of each container.
    let containers: [[ContainerEdit]]
    /// The image of the layers.
    let image: MadeImage
    /// Its ID.
    private let imageID: String

    /// Containers of chance as one, each in a directory of its own.
    init(_ parts: [RandomContainer], name: String) {
        let count = parts.map(\.layers.count).max() ?? 0
        let layers = (0..<count).map { number in
            parts.flatMap { $0.layers.indices.contains(number) ? $0.layers[number] : [] }
        }
        self.init(name, layers, [parts.flatMap(\.edits)])
    }

    /// A case of layers in the form of `LayerSketch`.
    init(_ name: String, _ layers: [[String]], containers: [[ContainerEdit]]) throws {
        self.init(name, try layers.map(LayerSketch.layer), containers)
    }

    private init(_ name: String, _ layers: [[LayerEntry]], _ containers: [[ContainerEdit]]) {
        self.name = name
        self.layers = layers
        self.containers = containers
        image = MadeImage(tars: layers.map { TarBuilder.tar($0) }, tags: [])
        imageID = image.fullID
    }

    /// What must be seen at first, and after each container's edits.
    func expected() throws -> (before: ShownTree, after: [ShownTree]) {
        var merge = TreeMerge()
        for layer in layers { try merge.apply(layer) }
        var model = ModelTree(merge)
        let before = model.shown
        let after = containers.map { edits in
            for (number, edit) in edits.enumerated() { model.apply(edit, number: number) }
            return model.shown
        }
        return (before, after)
    }

    /// What another process has to know of it.
    var task: Task { Task(imageID: imageID, containers: containers) }

    /// What is done to the containers of an image that is loaded.
    struct Task: Codable {
        let imageID: String
        let containers: [[ContainerEdit]]
    }
}
