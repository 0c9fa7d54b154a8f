import Testing

/// Layers, the lowest first, and the tree that they mean.
struct MergeCase: Sendable, CustomTestStringConvertible {
    let id: String
    let layers: [[String]]
    let tree: [String]

    init(_ id: String, _ layers: [[String]], _ tree: [String]) {
        self.id = id
        self.layers = layers
        self.tree = tree
    }

    var testDescription: String { id }
}
