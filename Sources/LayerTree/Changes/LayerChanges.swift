import LayerModel

/// Finds out what the upper layers of a stack change together, as against the layers below them: all from the indexes.
///
/// A name that an upper layer has counts as changed although its content may be that of the name below: layers that have been made one say
/// all that each of them said last.
package struct LayerChanges {
    private let lowers: LowerStack
    /// How many layers are the upper ones.
    private let count: Int
    private var changes: [TreeChange] = []

    /// Compares.
    ///
    /// - Parameters:
    ///   - count: How many layers, from the nearest on, are the upper ones.
    ///   - lowers: The upper layers and all below them, whose order and number are those of the image.
    /// - Returns: The changes in the order of a walk; the root is one of them where an upper layer describes it.
    package static func of(_ count: Int, in lowers: LowerStack) -> [TreeChange] {
        var walk = LayerChanges(lowers: lowers, count: count)
        walk.addRoot()
        walk.compare(.root, before: walk.rootBelow, after: lowers.root, depth: 1)
        return walk.changes
    }

    private init(lowers: LowerStack, count: Int) {
        self.lowers = lowers
        self.count = count
    }

    /// The root of the tree that the layers below the upper ones make; nil when there are none.
    private var rootBelow: LowerStack.MergedDirectory? {
        var parts: [LowerStack.Reference] = []
        for place in lowers.layers.indices.dropFirst(count) {
            parts.append(LowerStack.Reference(layer: place, ordinal: 0))
            if lowers.layers[place].index.nodes[0].isOpaque { break }
        }
        return parts.isEmpty ? nil : LowerStack.MergedDirectory(parts: parts)
    }

    private mutating func addRoot() {
        let described = lowers.layers.indices.prefix(count).first { !lowers.layers[$0].index.nodes[0].isImplied }
        guard let described else { return }
        append(LowerStack.Reference(layer: described, ordinal: 0), .changed, .root, depth: 0)
    }

    private mutating func compare(
        _ path: LayerPath,
        before: LowerStack.MergedDirectory?,
        after: LowerStack.MergedDirectory?,
        depth: Int
    ) {
        guard before != after else { return }
        var names = MergedNames([], before, after, lowers)
        while let name = names.next() {
            guard name.before != name.after else { continue }
            let path = path.appending(name.bytes)
            guard let after = name.after else {
                if let before = name.before { delete(before, path, depth: depth) }
                continue
            }
            append(after.node, name.before == nil ? .added : .changed, path, depth: depth)
            // What is no directory any more hides all that lay in it.
            guard let directory = after.directory else { continue }
            compare(path, before: name.before?.directory, after: directory, depth: depth + 1)
        }
    }

    private mutating func delete(_ before: LowerStack.Entry, _ path: LayerPath, depth: Int) {
        changes.append(TreeChange(.deleted, path, lowers.node(before.node).kind ?? .regular, depth: depth))
    }

    private mutating func append(
        _ reference: LowerStack.Reference,
        _ kind: TreeChange.Kind,
        _ path: LayerPath,
        depth: Int
    ) {
        let state = ChangedState(reference, in: lowers)
        var change = TreeChange(kind, path, state.kind, depth: depth)
        change.attributes = state.attributes
        // A tar may hold attributes that no read-write layer can have.
        let node = lowers.node(reference)
        change.attributes.extendedAttributes = lowers.index(reference).extendedAttributes(of: node)
        change.byteCount = state.byteCount
        change.target = state.target
        change.device = state.device
        change.link = state.link
        change.content = state.content
        changes.append(change)
    }
}
