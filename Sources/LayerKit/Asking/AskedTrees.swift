import LayerModel
import LayerTree

/// Several trees in one stack, so that layers which they have in common are known as such.
struct AskedTrees {
    /// The layers of all.
    let stack: LowerStack
    /// The root of each tree.
    let roots: [LowerStack.MergedDirectory]

    /// Puts trees together.
    ///
    /// - Parameter trees: The layers of each, the lowest first.
    init(_ trees: [[StackedLayer]]) {
        var layers: [StackedLayer] = []
        var places: [ObjectIdentifier: Int] = [:]
        for layer in trees.joined() where places[ObjectIdentifier(layer)] == nil {
            places[ObjectIdentifier(layer)] = layers.count
            layers.append(layer)
        }
        let stack = LowerStack(layers)
        self.stack = stack
        roots = trees.map { tree in
            // Of a layer that is there twice the upper one covers the other.
            var seen: Set<Int> = []
            let order = tree.reversed().compactMap { places[ObjectIdentifier($0)] }
            return stack.root(of: order.filter { seen.insert($0).inserted })
        }
    }
}

extension AskedTrees {
    /// The content of a regular file; nil where nothing is.
    func content(
        of path: LayerPath,
        below root: LowerStack.MergedDirectory,
        byteLimit: Int
    ) throws -> [UInt8]? {
        guard let entry = stack.entry(at: path, below: root) else { return nil }
        let node = stack.node(entry.node)
        let name = Array("/".utf8) + path.bytes
        guard node.kind == .regular else { throw TreeAccessError(.notRegular, name) }
        guard node.byteCount <= Int64(byteLimit) else {
            throw LayerError(
                .failure,
                "\(EscapedText.name(name)): \(node.byteCount) bytes are more than the \(byteLimit) that can be compared as text"
            )
        }
        var content: [UInt8] = []
        content.reserveCapacity(Int(node.byteCount))
        try stack.layers[entry.node.layer].readFile(node) { content.append(contentsOf: $0) }
        return content
    }
}
