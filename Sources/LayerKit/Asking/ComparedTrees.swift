import LayerModel
import LayerTree

/// Two trees that are compared.
struct ComparedTrees {
    let trees: AskedTrees
    /// What must not change meanwhile.
    private let locks: [AnyObject]

    init(_ texts: [String], _ pool: LayerPool) throws {
        let arguments = try texts.map { try AskedArgument($0, in: pool.store) }
        let stacks = try arguments.map(pool.stack)
        locks = stacks.compactMap(\.lock)
        guard arguments.count == 1 else {
            trees = AskedTrees(zip(arguments, stacks).map { $1.layers(of: $0) })
            return
        }
        let layers = stacks[0].layers
        if let position = arguments[0].position {
            trees = AskedTrees([Array(layers[..<position]), Array(layers[...position])])
        } else if case .container = arguments[0].subject {
            trees = AskedTrees([layers.dropLast(stacks[0].ownLayerCount), layers])
        } else {
            let name = EscapedText.name(texts[0].utf8)
            let reason = "compared with what? Give a second one, or a layer (\(name)@N) to see what it changes"
            throw LayerError(.usage, "\(name): \(reason)")
        }
    }
}
