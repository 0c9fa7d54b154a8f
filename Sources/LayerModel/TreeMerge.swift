/// What a stack of layers means: the definition that everything else is tested against.
///
/// Slow and plain on purpose. A layer is applied in two steps: its entries are made, in their order; then its markers remove what lower
/// layers have, and only that. So no marker ever hides an entry of its own layer, whatever the order in the archive. What AUFS kept
/// for itself in the top directory can be linked to while its layer is applied, and is in no tree (contract L-74).
///
/// A directory on the way to a name is found through the symbolic links of the same layer, below the root. A link of a lower layer is
/// replaced by a directory: with a directory for each layer it is not there when the layer is unpacked (hazards, row 12).
///
/// Source: OCI image-spec `layer.md`, sections "Applying Changesets", "Whiteouts", "Opaque Whiteout".
public struct TreeMerge: Sendable {
    /// The tree so far: every path but the root.
    public private(set) var nodes: [LayerPath: MergedNode] = [:]
    /// The attributes of the root: the last ones that a layer gave.
    public private(set) var rootAttributes = FileAttributes(mode: 0o755)
    private var layer = -1
    private var inodeCount = 0
    /// The hard links of this layer to files of lower layers, which are copied up.
    private var copies: [Copy] = []

    private struct Copy: Sendable {
        let link: LayerPath
        let target: LayerPath
        let inode: Int
    }

    /// Starts from the empty tree.
    public init() {}

    /// Applies the next layer.
    ///
    /// - Parameter entries: The layer's entries, in its order.
    /// - Throws: `TreeMergeError` for an entry that has no meaning.
    public mutating func apply(_ entries: [LayerEntry]) throws(TreeMergeError) {
        layer += 1
        copies = []
        for entry in entries where !Self.isMarker(entry) { try add(entry) }
        try applyMarkers(entries.filter(Self.isMarker))
        for path in nodes.keys where path.components.first.map(Whiteout.isAUFSName) == true { nodes[path] = nil }
    }

    private static func isMarker(_ entry: LayerEntry) -> Bool {
        Whiteout.isMarker(entry.path.name) && !isAUFSThing(entry.path)
    }

    private static func isAUFSThing(_ path: LayerPath) -> Bool {
        path.parent == .root && Whiteout.isAUFSName(path.name)
    }

    private mutating func applyMarkers(_ markers: [LayerEntry]) throws(TreeMergeError) {
        var removed: [LayerPath] = []
        var emptied: [LayerPath] = []
        for marker in markers.map(\.path) {
            let directory = try resolve(marker, for: marker).parent ?? .root
            if Whiteout.isOpaqueMarker(marker.name) {
                emptied.append(directory)
            } else {
                removed.append(directory.appending(try Self.hiddenName(marker)))
            }
        }
        func isHidden(_ path: LayerPath) -> Bool {
            removed.contains { path.isWithin($0) } || emptied.contains { path != $0 && path.isWithin($0) }
        }
        if let copy = copies.first(where: { isHidden($0.target) }) { throw .linkTargetMissing(copy.link) }
        for (path, node) in nodes where node.layer != layer && isHidden(path) { nodes[path] = nil }
        for (path, node) in nodes where node.layer == layer { makeDirectories(to: path.parent ?? .root) }
        for directory in emptied where !isInOwnFile(directory) { makeDirectories(to: directory) }
    }

    /// Whether an entry of this layer that is no directory stands at a path or above it.
    private func isInOwnFile(_ path: LayerPath) -> Bool {
        nodes.contains { path.isWithin($0) && $1.layer == layer && $1.kind != .directory }
    }

    private static func hiddenName(_ path: LayerPath) throws(TreeMergeError) -> ArraySlice<UInt8> {
        let hidden = path.name.dropFirst(Whiteout.prefix.count)
        guard !hidden.isEmpty, !hidden.elementsEqual(Array(".".utf8)), !hidden.elementsEqual(Array("..".utf8)) else {
            throw .badWhiteout(path)
        }
        return hidden
    }

    private mutating func add(_ entry: LayerEntry) throws(TreeMergeError) {
        guard let parent = entry.path.parent else {
            guard entry.kind == .directory else { throw .rootIsNoDirectory }
            rootAttributes = entry.attributes
            return
        }
        let path = try resolve(entry.path, for: entry.path)
        if entry.kind == .hardLink { return try link(entry, at: path) }
        makeDirectories(to: path.parent ?? parent)
        inodeCount += 1
        let node = MergedNode(
            kind: entry.kind,
            attributes: entry.attributes,
            content: entry.content,
            target: entry.target,
            device: entry.device,
            inode: inodeCount,
            layer: layer
        )
        if entry.kind == .directory, nodes[path]?.kind == .directory {
            nodes[path] = node
        } else {
            replace(path, with: node)
        }
    }

    private mutating func link(_ entry: LayerEntry, at path: LayerPath) throws(TreeMergeError) {
        let target = try resolve(entry.linkedPath, for: entry.path)
        // A target below the link's own name goes when that directory makes room for the link.
        guard var node = nodes[target], node.kind != .directory, target == path || !target.isWithin(path) else {
            throw .linkTargetMissing(entry.path)
        }
        makeDirectories(to: path.parent ?? .root)
        if node.layer != layer {
            // A link into a lower layer cannot share its inode there: the file is copied up.
            inodeCount += 1
            node.inode = inodeCount
            node.layer = layer
            copies.append(Copy(link: entry.path, target: target, inode: node.inode))
        } else if nodes[target]?.inode != node.inode {
            throw .linkTargetMissing(entry.path)
        }
        replace(path, with: node)
    }

    private mutating func replace(_ path: LayerPath, with node: MergedNode) {
        for other in nodes.keys where other.isWithin(path) { nodes[other] = nil }
        nodes[path] = node
    }

    /// Follows the symbolic links of this layer in the directory part of a path, below the root; its last component stays as it is.
    ///
    /// What is missing may be there in a lower layer or be made, and is taken for a directory. A link that was copied up is not
    /// followed: what it is was not known when this layer was unpacked.
    private func resolve(_ path: LayerPath, for entry: LayerPath) throws(TreeMergeError) -> LayerPath {
        guard let parent = path.parent else { return path }
        var pending = Array(parent.components.reversed())
        var reached = LayerPath.root
        var hops = 0
        while let component = pending.popLast() {
            if component.elementsEqual(Array("..".utf8)) {
                reached = reached.parent ?? .root
                continue
            }
            let next = reached.appending(component)
            guard let node = nodes[next], node.kind == .symbolicLink, node.layer == layer,
                !copies.contains(where: { $0.inode == node.inode })
            else {
                reached = next
                continue
            }
            hops += 1
            guard hops <= 40 else { throw .tooManyLinks(entry) }
            if node.target.first == UInt8(ascii: "/") { reached = .root }
            let target = node.target.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(Array(".".utf8)) }
            pending.append(contentsOf: target.reversed())
        }
        return reached.appending(path.name)
    }

    /// Makes the directories on the way that are missing, in place of whatever else stands there.
    private mutating func makeDirectories(to path: LayerPath) {
        var reached = LayerPath.root
        for component in path.components {
            reached = reached.appending(component)
            if nodes[reached]?.kind != .directory { nodes[reached] = impliedDirectory() }
        }
    }

    private mutating func impliedDirectory() -> MergedNode {
        inodeCount += 1
        return MergedNode(
            kind: .directory,
            attributes: FileAttributes(mode: 0o755),
            content: [],
            target: [],
            device: DeviceNumber(major: 0, minor: 0),
            inode: inodeCount,
            layer: layer
        )
    }
}
