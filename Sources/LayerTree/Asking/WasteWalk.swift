import LayerArchive
import LayerModel

/// Goes once through the names of all layers, hidden ones too, and finds what the finished tree does not need.
///
/// Efficiency is dive's: of every path that is a leaf of a layer's tree (a file, or a directory with nothing in it) or a whiteout, the
/// sizes in all layers are summed up (`discovered`), and the smallest of them (`minimum`). A whiteout of a directory is as large as
/// all that the layers below have there, one of anything else 0. The further names of a file have no size. An opaque directory hides as it
/// does everywhere, but is no whiteout.
///
/// Source: wagoodman/dive `dive/filetree/efficiency.go`.
package struct WasteWalk {
    private let stack: LowerStack
    /// The roots of the trees that the lower layers make: the first has none.
    private let prefixes: [LowerStack.MergedDirectory]
    /// Of each layer the nodes that have several names.
    private let shared: [Set<Int>]
    private var findings = WasteFindings()
    private var sharedInodes: [LowerStack.Reference: SharedInode] = [:]
    private var contents: [Content: (path: LayerPath, count: Int)] = [:]
    private var seenContents: Set<LowerStack.Reference> = []

    private struct SharedInode {
        let path: LayerPath
        var isVisible: Bool
        var isDeleted: Bool
    }

    private struct Content: Hashable {
        let digest: ContentDigest
        let byteCount: Int64
    }

    /// Looks through layers.
    ///
    /// - Parameter layers: The layers, the lowest first, with digests in their indexes.
    /// - Returns: What was found.
    package static func findings(of layers: [StackedLayer]) -> WasteFindings {
        var walk = WasteWalk(layers)
        let stack = walk.stack
        let all = LowerStack.MergedDirectory(
            parts: stack.layers.indices.map { LowerStack.Reference(layer: $0, ordinal: 0) }
        )
        walk.visit(all, .root, visible: Set(stack.root.parts.map(\.layer)))
        walk.finish()
        return walk.findings
    }

    private init(_ layers: [StackedLayer]) {
        // Not one for a layer that is there twice: each of its places counts.
        let stack = LowerStack(layers.reversed())
        self.stack = stack
        prefixes = (0..<layers.count).map { stack.root(of: (layers.count - $0)..<layers.count) }
        shared = stack.layers.map { layer in
            Set(layer.index.nodes.lazy.filter { $0.primary != $0.ordinal }.map(\.primary))
        }
    }

    /// Visits a directory.
    ///
    /// - Parameters:
    ///   - directory: Its parts in all layers, the nearest first.
    ///   - path: Where it stands.
    ///   - visible: The layers whose parts show in the finished tree.
    private mutating func visit(_ directory: LowerStack.MergedDirectory, _ path: LayerPath, visible: Set<Int>) {
        var cursor = LowerCursor(stack, in: directory)
        while let (name, nodes) = cursor.nextNodes() {
            let path = path.appending(name)
            let entry = stack.merge(nodes.filter { visible.contains($0.layer) })
            countPath(nodes, path)
            for reference in nodes where stack.node(reference).kind == .regular {
                count(reference, path, entry)
            }
            let parts = nodes.filter { stack.node($0).kind == .directory }
            guard !parts.isEmpty else { continue }
            visit(.init(parts: parts), path, visible: Set(entry?.directory?.parts.map(\.layer) ?? []))
        }
    }

    private mutating func countPath(_ nodes: [LowerStack.Reference], _ path: LayerPath) {
        var minimum: Int64?
        // From the lowest up, as whiteouts ask what lies below them.
        for reference in nodes.reversed() {
            let node = stack.node(reference)
            let byteCount: Int64
            if node.isWhiteout {
                let entry = stack.entry(at: path, below: prefixes[stack.layers.count - 1 - reference.layer])
                byteCount = entry?.directory.map(size) ?? 0
            } else if node.kind == .directory {
                guard stack.node(reference).end == reference.ordinal + 1 else { continue }
                byteCount = 0
            } else {
                byteCount = node.primary == node.ordinal ? node.byteCount : 0
            }
            findings.discoveredByteCount += byteCount
            minimum = min(minimum ?? byteCount, byteCount)
        }
        findings.minimumByteCount += minimum ?? 0
    }

    private func size(_ directory: LowerStack.MergedDirectory) -> Int64 {
        var byteCount: Int64 = 0
        var cursor = LowerCursor(stack, in: directory)
        while let (_, entry) = cursor.next() {
            let node = stack.node(entry.node)
            if let below = entry.directory {
                byteCount += size(below)
            } else if node.primary == node.ordinal {
                byteCount += node.byteCount
            }
        }
        return byteCount
    }

    private mutating func count(_ reference: LowerStack.Reference, _ path: LayerPath, _ entry: LowerStack.Entry?) {
        let node = stack.node(reference)
        let inode = LowerStack.Reference(layer: reference.layer, ordinal: node.primary)
        let isVisible = entry?.node == reference
        if isVisible { note(inode, path) }
        if node.primary == node.ordinal { findings.byteCount += node.byteCount }
        guard shared[reference.layer].contains(node.primary) else {
            if !isVisible { hide(node.byteCount, path, isDeleted: entry == nil) }
            return
        }
        if let known = sharedInodes[inode] {
            sharedInodes[inode]?.isVisible = known.isVisible || isVisible
        } else {
            sharedInodes[inode] = SharedInode(path: path, isVisible: isVisible, isDeleted: entry == nil)
        }
    }

    /// Notes the content of a file that shows.
    private mutating func note(_ inode: LowerStack.Reference, _ path: LayerPath) {
        let node = stack.node(inode)
        guard let digest = stack.index(inode).contentDigest(of: node), node.byteCount > 0 else { return }
        if shared[inode.layer].contains(node.primary), !seenContents.insert(inode).inserted { return }
        let content = Content(digest: digest, byteCount: node.byteCount)
        contents[content, default: (path, 0)].count += 1
    }

    private mutating func hide(_ byteCount: Int64, _ path: LayerPath, isDeleted: Bool) {
        guard byteCount > 0 else { return }
        if findings.hidden.last?.path != path {
            findings.hidden.append(WasteFindings.Hidden(path: path, isDeleted: isDeleted))
        }
        findings.hidden[findings.hidden.count - 1].count += 1
        findings.hidden[findings.hidden.count - 1].byteCount += byteCount
    }

    private mutating func finish() {
        for (inode, known) in sharedInodes where !known.isVisible {
            let byteCount = stack.node(inode).byteCount
            guard byteCount > 0 else { continue }
            var hidden = WasteFindings.Hidden(path: known.path, isDeleted: known.isDeleted)
            (hidden.count, hidden.byteCount) = (1, byteCount)
            findings.hidden.append(hidden)
        }
        findings.hidden.sort { ($1.byteCount, $0.path) < ($0.byteCount, $1.path) }
        findings.duplicates = contents.filter { $1.count > 1 }.map { content, found in
            WasteFindings.Duplicate(path: found.path, count: found.count, byteCount: content.byteCount)
        }
        findings.duplicates.sort { left, right in
            (right.wastedByteCount, left.path) < (left.wastedByteCount, right.path)
        }
    }
}
