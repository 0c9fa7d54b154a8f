import LayerModel

/// The stacks of images put together where they begin alike.
struct LayerForest {
    private struct Node {
        let diffID: DiffID
        let size: LayerSize?
        var images: [ImageID] = []
        var tops: [ImageDetails] = []
        var children: [Int] = []
    }

    private var nodes: [Node] = []
    private var roots: [Int] = []

    /// Adds the stack of an image.
    mutating func add(_ image: ImageDetails) {
        var parent: Int?
        for layer in image.layers {
            let siblings = parent.map { nodes[$0].children } ?? roots
            let place = siblings.first { nodes[$0].diffID == layer.diffID } ?? nodes.count
            if place == nodes.count {
                nodes.append(Node(diffID: layer.diffID, size: layer.size))
                if let parent { nodes[parent].children.append(place) } else { roots.append(place) }
            }
            nodes[place].images.append(image.id)
            parent = place
        }
        if let parent { nodes[parent].tops.append(image) }
    }

    /// The lowest layers, and on each of them what lies there.
    ///
    /// - Parameter containerCounts: How many containers are made of each image.
    /// - Returns: The layers in the order in which they were added.
    func layers(_ containerCounts: [ImageID: Int]) -> [StoreUsage.Layer] {
        // A node is added behind the one that it lies on: from the last to the first all children are made before.
        var made: [Int: StoreUsage.Layer] = [:]
        for place in nodes.indices.reversed() {
            let node = nodes[place]
            made[place] = StoreUsage.Layer(
                diffID: node.diffID,
                size: node.size,
                images: node.images,
                tops: node.tops,
                containerCount: node.images.reduce(0) { $0 + (containerCounts[$1] ?? 0) },
                children: node.children.compactMap { made[$0] }
            )
        }
        return roots.compactMap { made[$0] }
    }
}
