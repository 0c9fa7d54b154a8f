import LayerArchive
import LayerModel

/// Finds out how one tree differs from another, by what the indexes of their layers say.
///
/// Both trees are made of layers of one stack. Where the same layers make a directory in both, nothing below it is looked at: two images
/// with layers in common cost what the other layers change.
package struct TreeComparison {
    private let stack: LowerStack
    private let ignoresTimes: Bool
    private var set = ChangeSet()

    /// Compares two trees.
    ///
    /// A name is listed as `docker diff` lists it (contract 3.3): a directory that differs in nothing itself stands before what differs in
    /// it, of what was deleted only the top is named, and of directories time counts nowhere. Beyond that extended attributes and link
    /// targets are compared, and contents always, by their digests: so equal lengths and times hide nothing. Each name is compared
    /// for itself: which names share a file is not.
    ///
    /// - Parameters:
    ///   - before: The root of one tree.
    ///   - after: The root of the other.
    ///   - stack: The layers that both are made of, with digests in their indexes.
    ///   - ignoresTimes: Whether another time alone is no change.
    /// - Returns: What the second tree has that the first has not, and the other way round, in the order of a walk.
    package static func changes(
        from before: LowerStack.MergedDirectory,
        to after: LowerStack.MergedDirectory,
        in stack: LowerStack,
        ignoresTimes: Bool = false
    ) -> ChangeSet {
        var comparison = TreeComparison(stack: stack, ignoresTimes: ignoresTimes)
        comparison.compare(.root, before, after, depth: 1)
        comparison.set.prune()
        return comparison.set
    }

    private init(stack: LowerStack, ignoresTimes: Bool) {
        self.stack = stack
        self.ignoresTimes = ignoresTimes
    }

    private mutating func compare(
        _ path: LayerPath,
        _ before: LowerStack.MergedDirectory?,
        _ after: LowerStack.MergedDirectory?,
        depth: Int
    ) {
        guard before != after else { return }
        var names = MergedNames([], before, after, stack)
        while let name = names.next() {
            guard name.before != name.after else { continue }
            compare(path.appending(name.bytes), name.before, name.after, depth: depth)
        }
    }

    private mutating func compare(
        _ path: LayerPath,
        _ before: LowerStack.Entry?,
        _ after: LowerStack.Entry?,
        depth: Int
    ) {
        guard let after else {
            if let before { append(.deleted, path, before, former: before, depth: depth) }
            return
        }
        guard let before else {
            append(.added, path, after, former: nil, depth: depth)
            return compare(path, nil, after.directory, depth: depth + 1)
        }
        if let former = before.directory, let directory = after.directory {
            let place = set.changes.count
            append(.changed, path, after, former: before, depth: depth)
            set.changes[place].isOnlyParent = hasSameAttributes(before, after)
            return compare(path, former, directory, depth: depth + 1)
        }
        guard isChanged(before, after) else { return }
        append(.changed, path, after, former: before, depth: depth)
        compare(path, nil, after.directory, depth: depth + 1)
    }

    private mutating func append(
        _ kind: TreeChange.Kind,
        _ path: LayerPath,
        _ entry: LowerStack.Entry,
        former: LowerStack.Entry?,
        depth: Int
    ) {
        let node = stack.node(entry.node)
        var change = TreeChange(kind, path, node.kind ?? .regular, depth: depth)
        change.byteCount = node.byteCount
        change.former = former.map { entry in
            let node = stack.node(entry.node)
            return TreeChange.Former(kind: node.kind ?? .regular, byteCount: node.byteCount)
        }
        set.changes.append(change)
    }

    private func hasSameAttributes(_ before: LowerStack.Entry, _ after: LowerStack.Entry) -> Bool {
        if before.node == after.node { return true }
        let (old, new) = (stack.node(before.node), stack.node(after.node))
        guard old.uid == new.uid, old.gid == new.gid else { return false }
        // Nobody can set the mode of a symbolic link, and archives have several.
        guard new.kind == .symbolicLink || old.mode == new.mode else { return false }
        return attributes(before) == attributes(after)
    }

    private func attributes(_ entry: LowerStack.Entry) -> [ExtendedAttribute] {
        ChangedState.kept(stack.index(entry.node).extendedAttributes(of: stack.node(entry.node)))
    }

    /// Whether two entries, not both of them directories, differ in anything.
    private func isChanged(_ before: LowerStack.Entry, _ after: LowerStack.Entry) -> Bool {
        let (old, new) = (stack.node(before.node), stack.node(after.node))
        guard old.kind == new.kind, hasSameAttributes(before, after) else { return true }
        guard ignoresTimes || ChangedState.isSame(old.modificationTime, new.modificationTime) else { return true }
        switch new.kind {
        case .regular: return old.byteCount != new.byteCount || digest(before) != digest(after)
        case .symbolicLink: return target(before) != target(after)
        case .characterDevice, .blockDevice: return old.device != new.device
        default: return false
        }
    }

    private func digest(_ entry: LowerStack.Entry) -> ContentDigest? {
        stack.index(entry.node).contentDigest(of: stack.node(entry.node))
    }

    private func target(_ entry: LowerStack.Entry) -> ArraySlice<UInt8> {
        stack.index(entry.node).target(of: stack.node(entry.node))
    }
}

extension TreeComparison {
    /// Whether what stands at a name is another kind of thing, or has another content, link target or device.
    ///
    /// - Parameters:
    ///   - before: What stood there.
    ///   - after: What stands there now.
    ///   - stack: The layers; contents are read where their indexes have no digests.
    /// - Returns: True when it does; of directories only the kind counts.
    /// - Throws: What reading met.
    package static func hasOtherContent(
        _ before: LowerStack.Entry,
        _ after: LowerStack.Entry,
        in stack: LowerStack
    ) throws -> Bool {
        let (old, new) = (stack.node(before.node), stack.node(after.node))
        guard old.kind == new.kind else { return true }
        let comparison = TreeComparison(stack: stack, ignoresTimes: true)
        switch new.kind {
        case .regular:
            guard old.byteCount == new.byteCount else { return true }
            if new.byteCount == 0 { return false }
            return try comparison.readDigest(before) != comparison.readDigest(after)
        case .symbolicLink: return comparison.target(before) != comparison.target(after)
        case .characterDevice, .blockDevice: return old.device != new.device
        default: return false
        }
    }

    /// Whether mode, owner, extended attributes, and of anything but a directory the time, are the same.
    package static func hasSameMetadata(
        _ before: LowerStack.Entry,
        _ after: LowerStack.Entry,
        in stack: LowerStack
    ) -> Bool {
        let (old, new) = (stack.node(before.node), stack.node(after.node))
        guard TreeComparison(stack: stack, ignoresTimes: false).hasSameAttributes(before, after) else { return false }
        return new.kind == .directory || ChangedState.isSame(old.modificationTime, new.modificationTime)
    }

    private func readDigest(_ entry: LowerStack.Entry) throws -> ContentDigest {
        if let digest = digest(entry) { return digest }
        var hasher = FileHasher()
        try stack.layers[entry.node.layer].readFile(stack.node(entry.node)) { hasher.update($0) }
        return hasher.finish()
    }
}
