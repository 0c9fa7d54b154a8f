import LayerModel
import LayerTree

/// What the layers of one image did to paths.
struct PathLog {
    private let image: ImageLayers
    /// One tree for each number of layers, from none.
    private let trees: AskedTrees

    init(_ image: ImageLayers) {
        self.image = image
        trees = AskedTrees((0...image.layers.count).map { Array(image.layers[..<$0]) })
    }

    /// What stood at a path after each layer.
    func find(_ path: LayerPath) throws -> (path: LayerPath, entries: [LowerStack.Entry?]) {
        let entries = entries(at: path)
        if entries.contains(where: { $0 != nil }) { return (path, entries) }
        let tree = UnionTree(LowerStack(image.layers.reversed()))
        let name = Array("/".utf8) + path.bytes
        let place = try tree.resolve(name, followsLast: false)
        let found = self.entries(at: place.path)
        guard found.contains(where: { $0 != nil }) else { throw TreeAccessError(.notFound, name) }
        return (place.path, found)
    }

    private func entries(at path: LayerPath) -> [LowerStack.Entry?] {
        trees.roots.dropFirst().map { trees.stack.entry(at: path, below: $0) }
    }

    func events(_ entries: [LowerStack.Entry?]) throws -> [PathEvent] {
        var events: [PathEvent] = []
        var before: LowerStack.Entry?
        for (place, entry) in entries.enumerated() {
            if let kind = try kind(before, entry, wasThere: !events.isEmpty) {
                let node = entry.map { trees.stack.node($0.node) }
                events.append(
                    PathEvent(
                        kind: kind,
                        layerNumber: place + 1,
                        diffID: image.image.layers[place].diffID,
                        createdBy: image.commands[place],
                        byteCount: node.flatMap { $0.kind == .regular ? $0.byteCount : nil }
                    )
                )
            }
            before = entry
        }
        return events
    }

    private func kind(
        _ before: LowerStack.Entry?,
        _ after: LowerStack.Entry?,
        wasThere: Bool
    ) throws -> PathEvent.Kind? {
        guard let after else { return before == nil ? nil : .deleted }
        guard let before else { return wasThere ? .recreated : .created }
        // Of a directory only its own attributes count, not what lies in it.
        if before.node == after.node { return nil }
        if try TreeComparison.hasOtherContent(before, after, in: trees.stack) { return .modified }
        return TreeComparison.hasSameMetadata(before, after, in: trees.stack) ? .repeated : .attributes
    }
}
