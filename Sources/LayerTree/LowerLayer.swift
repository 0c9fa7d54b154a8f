import LayerModel
package import LayerSystem

/// A layer that lies below another, for what the other takes from it.
package final class LowerLayer {
    /// The layer's index.
    package let index: LayerIndex
    /// The layer's tree.
    package let tree: Directory
    private var ordinals: [LayerPath: Int]?

    /// Puts a layer together.
    package init(index: LayerIndex, tree: Directory) {
        self.index = index
        self.tree = tree
    }

    /// What the layer says of a path.
    enum Answer {
        /// The layer has it.
        case node(IndexNode)
        /// The layer hides it, or has something else on the way.
        case hidden
        /// The layer says nothing: ask the next one below.
        case unknown
    }

    /// Asks the layer for a path.
    func look(up path: LayerPath) -> Answer {
        let ordinals = ordinals ?? tabulate()
        self.ordinals = ordinals
        var isOpaque = index.nodes[0].isOpaque
        var reached = LayerPath.root
        let components = path.components
        for (position, component) in components.enumerated() {
            reached = reached.appending(component)
            guard let ordinal = ordinals[reached] else { return isOpaque ? .hidden : .unknown }
            let node = index.nodes[ordinal]
            if node.isWhiteout { return .hidden }
            if position == components.count - 1 { return .node(node) }
            guard node.kind == .directory else { return .hidden }
            isOpaque = isOpaque || node.isOpaque
        }
        return .node(index.nodes[0])
    }

    private func tabulate() -> [LayerPath: Int] {
        var ordinals: [LayerPath: Int] = [:]
        ordinals.reserveCapacity(index.nodes.count)
        for node in index.nodes { ordinals[index.path(of: node)] = node.ordinal }
        return ordinals
    }
}
