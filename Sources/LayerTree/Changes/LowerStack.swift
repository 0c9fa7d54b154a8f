package import LayerModel
import LayerSystem

/// The layers below a read-write one, merged by what their indexes say: the disk is not looked at.
///
/// What a name means is overlayfs' rule, which is that of the image-spec: the nearest layer that has the name decides, and
/// directories merge until one is opaque.
package final class LowerStack: Sendable {
    /// A node of one of the layers.
    package struct Reference: Hashable, Sendable {
        /// Which layer, counted from the nearest.
        package let layer: Int
        /// Which of its nodes.
        package let ordinal: Int
    }

    /// What the stack has at a name.
    package struct Entry: Hashable, Sendable {
        /// The node that has the attributes.
        package let node: Reference
        /// The directory's parts; nil for anything else.
        package let directory: MergedDirectory?
    }

    /// The directories of several layers that merge into one, the nearest first.
    package struct MergedDirectory: Hashable, Sendable {
        let parts: [Reference]
    }

    /// The layers, the nearest first.
    package let layers: [StackedLayer]

    /// Puts a stack together.
    ///
    /// - Parameter layers: The layers, the nearest first; what lies below a layer that hides everything below it plays no part.
    package init(_ layers: [StackedLayer]) {
        self.layers = layers
    }

    /// The root of the merged tree.
    package var root: MergedDirectory { root(of: layers.indices) }

    /// The root of the tree that some of the layers make: several trees with layers in common can so be asked in one stack.
    ///
    /// - Parameter places: The layers by their places, the nearest first.
    /// - Returns: The root.
    package func root(of places: some Sequence<Int>) -> MergedDirectory {
        var parts: [Reference] = []
        for place in places {
            parts.append(Reference(layer: place, ordinal: 0))
            if layers[place].index.nodes[0].isOpaque { break }
        }
        return MergedDirectory(parts: parts)
    }

    /// A node.
    package func node(_ reference: Reference) -> IndexNode { layers[reference.layer].index.nodes[reference.ordinal] }

    /// The index that a node stands in.
    package func index(_ reference: Reference) -> LayerIndex { layers[reference.layer].index }

    /// The attributes of the merged root: those of the nearest layer that describes it.
    var rootNode: IndexNode? {
        root.parts.lazy.map { self.node($0) }.first { !$0.isImplied }
    }

    /// Finds a path in the merged tree.
    ///
    /// - Parameter path: A path; links on the way are not followed.
    /// - Returns: What stands there; nil where nothing does, and for the root.
    func entry(at path: LayerPath) -> Entry? { entry(at: path, below: root) }

    /// Finds a path below a directory.
    ///
    /// - Parameters:
    ///   - path: A path; links on the way are not followed.
    ///   - start: The directory that it begins in.
    /// - Returns: What stands there; nil where nothing does, and for the directory itself.
    package func entry(at path: LayerPath, below start: MergedDirectory) -> Entry? {
        var directory = start
        var found: Entry?
        for (position, component) in path.components.enumerated() {
            if position > 0 {
                guard let next = found?.directory else { return nil }
                directory = next
            }
            var cursor = LowerCursor(self, in: directory)
            found = component.withUnsafeBufferPointer { cursor.seek($0) }
            guard found != nil else { return nil }
        }
        return found
    }

    /// The directory at a path of the merged tree, the root included; nil where there is none.
    func directory(at path: LayerPath) -> MergedDirectory? {
        path.isRoot ? root : entry(at: path)?.directory
    }

    /// What the layers make of the nodes at one name, the nearest first; nil when nothing is there.
    func merge(_ nodes: [Reference]) -> Entry? {
        guard let first = nodes.first, !node(first).isWhiteout else { return nil }
        guard node(first).kind == .directory else { return Entry(node: first, directory: nil) }
        var parts: [Reference] = []
        for reference in nodes {
            let node = node(reference)
            guard node.kind == .directory else { break }
            parts.append(reference)
            if node.isOpaque { break }
        }
        return Entry(node: first, directory: MergedDirectory(parts: parts))
    }
}

extension LowerStack {
    /// What the root of the merged tree looks like.
    package var rootAttributes: FileAttributes {
        guard let place = root.parts.first(where: { !self.node($0).isImplied }) else {
            return FileAttributes(mode: 0o755)
        }
        let node = self.node(place)
        return FileAttributes(
            mode: node.mode,
            uid: node.uid,
            gid: node.gid,
            modificationTime: node.modificationTime,
            extendedAttributes: ChangedState.kept(index(place).extendedAttributes(of: node))
        )
    }
}
