/// What a stack of layers means: the definition that everything else is tested against.
///
/// Slow and plain on purpose. A layer is applied to the tree below it in three steps: opaque markers empty their directories, whiteouts
/// remove names, entries are made. So no marker ever hides an entry of its own layer, whatever the order in the archive. What AUFS kept
/// for itself in the top directory can be linked to while its layer is applied, and is in no tree (contract L-74).
///
/// Source: OCI image-spec `layer.md`, sections "Applying Changesets", "Whiteouts", "Opaque Whiteout".
public struct TreeMerge: Sendable {
    /// The tree so far: every path but the root.
    public private(set) var nodes: [LayerPath: MergedNode] = [:]
    /// The attributes of the root: the last ones that a layer gave.
    public private(set) var rootAttributes = FileAttributes(mode: 0o755)
    private var layer = -1
    private var inodeCount = 0

    /// Starts from the empty tree.
    public init() {}

    /// Applies the next layer.
    ///
    /// - Parameter entries: The layer's entries, in its order.
    /// - Throws: `TreeMergeError` for an entry that has no meaning.
    public mutating func apply(_ entries: [LayerEntry]) throws(TreeMergeError) {
        layer += 1
        for entry in entries where Whiteout.isOpaqueMarker(entry.path.name) {
            let directory = entry.path.parent ?? .root
            for path in nodes.keys where path != directory && path.isWithin(directory) { nodes[path] = nil }
        }
        for entry in entries {
            guard let hidden = try Self.whiteoutTarget(entry.path) else { continue }
            for path in nodes.keys where path.isWithin(hidden) { nodes[path] = nil }
        }
        for entry in entries where !Whiteout.isMarker(entry.path.name) || Self.isAUFSThing(entry.path) {
            try add(entry)
        }
        for entry in entries where Whiteout.isOpaqueMarker(entry.path.name) {
            try makeDirectories(to: entry.path.parent ?? .root, for: entry.path)
        }
        for path in nodes.keys where path.components.first.map(Whiteout.isAUFSName) == true { nodes[path] = nil }
    }

    private static func isAUFSThing(_ path: LayerPath) -> Bool {
        path.parent == .root && Whiteout.isAUFSName(path.name)
    }

    private static func whiteoutTarget(_ path: LayerPath) throws(TreeMergeError) -> LayerPath? {
        guard Whiteout.isMarker(path.name), !Whiteout.isOpaqueMarker(path.name), !isAUFSThing(path) else { return nil }
        let hidden = path.name.dropFirst(Whiteout.prefix.count)
        guard !hidden.isEmpty, !hidden.elementsEqual(Array(".".utf8)), !hidden.elementsEqual(Array("..".utf8)) else {
            throw .badWhiteout(path)
        }
        return (path.parent ?? .root).appending(hidden)
    }

    private mutating func add(_ entry: LayerEntry) throws(TreeMergeError) {
        guard let parent = entry.path.parent else {
            guard entry.kind == .directory else { throw .rootIsNoDirectory }
            rootAttributes = entry.attributes
            return
        }
        let directory = try makeDirectories(to: parent, for: entry.path)
        let path = directory.appending(entry.path.name)
        if entry.kind == .hardLink {
            let target = try resolve(entry.linkedPath)
            // A target below the link's own name goes when that directory makes room for the link.
            guard var node = nodes[target], node.kind != .directory, target == path || !target.isWithin(path) else {
                throw .linkTargetMissing(path)
            }
            if node.layer != layer {
                // A link into a lower layer cannot share its inode there: the file is copied up.
                inodeCount += 1
                node.inode = inodeCount
                node.layer = layer
            }
            replace(path, with: node)
            return
        }
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

    private mutating func replace(_ path: LayerPath, with node: MergedNode) {
        for other in nodes.keys where other.isWithin(path) { nodes[other] = nil }
        nodes[path] = node
    }

    /// Resolves the directory part of a path; its last component stays as it is.
    private func resolve(_ path: LayerPath) throws(TreeMergeError) -> LayerPath {
        guard let parent = path.parent else { return path }
        var copy = self
        return try copy.makeDirectories(to: parent, for: path).appending(path.name)
    }

    /// Makes the directories on the way that are missing.
    ///
    /// A symbolic link of the same layer is followed, below the root. One of a lower layer is replaced by a directory: with a
    /// directory for each layer it is not there when the layer is unpacked (hazards, row 12).
    ///
    /// - Returns: The path without symbolic links.
    @discardableResult
    private mutating func makeDirectories(
        to path: LayerPath,
        for entry: LayerPath
    ) throws(TreeMergeError) -> LayerPath {
        var pending = Array(path.components.reversed())
        var reached = LayerPath.root
        var hops = 0
        while let component = pending.popLast() {
            if component.elementsEqual(Array("..".utf8)) {
                reached = reached.parent ?? .root
                continue
            }
            let next = reached.appending(component)
            guard let node = nodes[next] else {
                nodes[next] = impliedDirectory()
                reached = next
                continue
            }
            switch node.kind {
            case .directory: reached = next
            case .symbolicLink where node.layer == layer:
                hops += 1
                guard hops <= 40 else { throw .tooManyLinks(entry) }
                if node.target.first == UInt8(ascii: "/") { reached = .root }
                let target = node.target.split(separator: UInt8(ascii: "/")).filter {
                    !$0.elementsEqual(Array(".".utf8))
                }
                pending.append(contentsOf: target.reversed())
            default:
                replace(next, with: impliedDirectory())
                reached = next
            }
        }
        return reached
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
