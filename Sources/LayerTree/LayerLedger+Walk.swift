import LayerArchive
import LayerModel

extension LayerLedger {
    /// Goes to the directory that a name lies in, and makes what is missing on the way, in place of whatever else stands there.
    ///
    /// - Parameter name: The name as the archive has it.
    /// - Returns: The directory and the last component; an empty one for the root itself.
    /// - Throws: `TreeError` for a name that is refused.
    mutating func enter(
        _ name: UnsafeBufferPointer<UInt8>
    ) throws(TreeError) -> (directory: NodeID, component: UnsafeBufferPointer<UInt8>) {
        guard !name.isEmpty else { throw refuse(name, LayerPathError.empty.description) }
        guard name.count <= limits.pathByteCount else {
            throw refuse(name, .pathBytes, "path too long (over \(limits.pathByteCount) bytes)")
        }
        try checkRoom(for: name)
        if let found = try enterAgain(name) { return found }
        var directory = NodeID.root
        var isThroughLinks = false
        var start = 0
        var depth = 1
        var last = try nextComponent(of: name, from: &start)
        while let component = last, let following = try nextComponent(of: name, from: &start) {
            last = following
            depth += 1
            if isThroughLinks { continue }
            let node = child(orNew: component, in: directory)
            isThroughLinks = isSymbolicLink(node)
            if !isThroughLinks { makeDirectory(node) }
            directory = node
        }
        guard depth <= limits.depth else { throw tooDeep(name) }
        if isThroughLinks {
            let path = try locate(try canonical(name), for: name)
            try check(path, for: name)
            let parent = path.parent ?? .root
            directory = parent.bytes.withUnsafeBufferPointer { makeDirectories(to: $0) }
        } else if let last, let start = name.baseAddress, let end = last.baseAddress {
            recent.remember(UnsafeBufferPointer(start: start, count: end - start), as: directory)
        }
        return (directory, last ?? UnsafeBufferPointer(start: nil, count: 0))
    }

    /// Goes to the directory of the entry before, if the name begins as that one did: most do.
    ///
    /// The directory still stands where it stood: who replaces one on the way to it frees all below.
    private func enterAgain(
        _ name: UnsafeBufferPointer<UInt8>
    ) throws(TreeError) -> (directory: NodeID, component: UnsafeBufferPointer<UInt8>)? {
        guard recent.isPrefix(of: name), isDirectory(recent.directory) else { return nil }
        var start = recent.prefix.count
        guard let component = try nextComponent(of: name, from: &start) else { return nil }
        guard try nextComponent(of: name, from: &start) == nil else { return nil }
        return (recent.directory, component)
    }

    /// The next component of a name that is neither empty nor `.`.
    private func nextComponent(
        of name: UnsafeBufferPointer<UInt8>,
        from start: inout Int
    ) throws(TreeError) -> UnsafeBufferPointer<UInt8>? {
        while start < name.count {
            if name[start] == UInt8(ascii: "/") {
                start += 1
                continue
            }
            var end = start
            while end < name.count, name[end] != UInt8(ascii: "/") {
                guard name[end] != 0 else { throw refuse(name, LayerPathError.nulByte([]).description) }
                end += 1
            }
            let component = UnsafeBufferPointer(rebasing: name[start..<end])
            start = end
            if component.count == 1, component[0] == UInt8(ascii: ".") { continue }
            if component.count == 2, component[0] == UInt8(ascii: "."), component[1] == UInt8(ascii: ".") {
                throw refuse(name, LayerPathError.parentComponent([]).description)
            }
            guard component.count <= limits.componentByteCount else { throw tooLong(name) }
            return component
        }
        return nil
    }

    /// Follows the symbolic links of this layer in the directory part of a path, below the root; its last component stays as it is.
    ///
    /// What is missing may be there in a lower layer or be made, and is taken for a directory.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - name: The entry that asks, for errors.
    /// - Returns: The path on which no symbolic link of this layer stands.
    /// - Throws: `TreeError` for too many links, and for a path that grows too long by them.
    func locate(_ path: LayerPath, for name: UnsafeBufferPointer<UInt8>) throws(TreeError) -> LayerPath {
        let isThroughLinks = path.bytes.withUnsafeBufferPointer { hasSymbolicLinkOnWay(to: $0) }
        guard isThroughLinks, let parent = path.parent else { return path }
        var pending = Array(parent.components.reversed())
        var reached: [ArraySlice<UInt8>] = []
        var trail: [NodeID?] = [.root]
        var linkCount = 0
        while let component = pending.popLast() {
            if component.elementsEqual([UInt8(ascii: "."), UInt8(ascii: ".")]) {
                if reached.popLast() != nil { trail.removeLast() }
                continue
            }
            let node = trail[trail.count - 1].flatMap { child(component, in: $0) }
            guard let node, isSymbolicLink(node) else {
                reached.append(component)
                trail.append(node)
                continue
            }
            linkCount += 1
            guard linkCount <= Self.linkLimit else { throw refuse(name, "too many levels of symbolic links") }
            let target = ArraySlice(target(of: inode(at: node)))
            if target.first == UInt8(ascii: "/") {
                reached.removeAll()
                trail = [.root]
            }
            let components = target.split(separator: UInt8(ascii: "/")).filter {
                !$0.elementsEqual([UInt8(ascii: ".")])
            }
            pending.append(contentsOf: components.reversed())
        }
        reached.append(path.name)
        do throws(LayerPathError) {
            return try LayerPath(normalizing: Array(reached.joined(separator: [UInt8(ascii: "/")])))
        } catch {
            throw refuse(name, error.description)
        }
    }

    /// Whether a symbolic link of this layer stands on the way to a path; on most there is none.
    func hasSymbolicLinkOnWay(to path: UnsafeBufferPointer<UInt8>) -> Bool {
        var directory = NodeID.root
        for component in PathComponents(PathComponents.directory(of: path)) {
            guard let node = child(component, in: directory) else { return false }
            if isSymbolicLink(node) { return true }
            directory = node
        }
        return false
    }

    /// Finds a name in a directory, free or not.
    func child(_ name: ArraySlice<UInt8>, in parent: NodeID) -> NodeID? {
        name.withUnsafeBufferPointer { child($0, in: parent) }
    }

    private func isSymbolicLink(_ node: NodeID) -> Bool {
        let inode = inodeID(at: node)
        return inode.isInode && inodes[inode].kind == .symbolicLink
    }

    /// Makes the directories of a path that are missing, in place of whatever else stands there.
    ///
    /// - Parameters:
    ///   - path: A path on which no symbolic link stands.
    ///   - isForWhiteouts: Whether they are to go again where no lower layer has them.
    /// - Returns: The last of them.
    @discardableResult
    mutating func makeDirectories(to path: UnsafeBufferPointer<UInt8>, isForWhiteouts: Bool = false) -> NodeID {
        var directory = NodeID.root
        for component in PathComponents(path) {
            let node = child(orNew: component, in: directory)
            makeDirectory(node, isForWhiteouts: isForWhiteouts)
            directory = node
        }
        return directory
    }

    /// Puts a directory that no entry describes at a node, unless one is there.
    private mutating func makeDirectory(_ node: NodeID, isForWhiteouts: Bool = false) {
        guard !isDirectory(node) else { return }
        vacate(node)
        let isReplaced = nodes[node].isReplaced
        var inode = LedgerInode(kind: .directory, mode: 0o755)
        inode.isImplied = !isReplaced
        inode.isOpaque = isReplaced
        inode.isForWhiteouts = isForWhiteouts
        nodes[node].inode = add(inode)
        steps.append(.makeDirectory(node))
    }

    /// Frees a name for an entry of this layer that comes later.
    mutating func vacate(_ node: NodeID) {
        guard inodeID(at: node) != .vacant else { return }
        if inodeID(at: node).isInode, !isDirectory(node) { nodes[node].markReplaced() }
        discard(node)
    }

    /// Frees a name and all below it.
    mutating func discard(_ node: NodeID) {
        let inode = inodeID(at: node)
        guard inode.isInode, inodes[inode].kind == .directory else { return free(node, inode) }
        var pending = [(node, false)]
        while let (current, isEmptied) = pending.popLast() {
            let inode = inodeID(at: current)
            if inode.isInode, inodes[inode].kind == .directory, !isEmptied {
                pending.append((current, true))
                var child = nodes[current].children
                while !child.isNone {
                    if inodeID(at: child) != .vacant { pending.append((child, false)) }
                    child = nodes[child].nextSibling
                }
            } else {
                free(current, inode)
            }
        }
    }

    private mutating func free(_ node: NodeID, _ inode: InodeID) {
        nodes[node].inode = .vacant
        if inode == .whiteout { steps.append(.unlink(node)) }
        guard inode.isInode else { return }
        inodes[inode].nameCount -= 1
        let entry = inodes[inode]
        if entry.kind == .hardLink {
            // A copy of a lower file that is not made yet.
        } else if entry.kind == .directory {
            steps.append(.removeDirectory(node))
        } else if entry.kind == .regular, entry.nameCount == 0, entry.byteCount > 0 {
            steps.append(.shadow(node, inode))
        } else {
            steps.append(.unlink(node))
        }
    }

    /// A name as a path.
    func canonical(_ name: UnsafeBufferPointer<UInt8>) throws(TreeError) -> LayerPath {
        do throws(LayerPathError) {
            return try LayerPath(normalizing: name)
        } catch {
            throw refuse(name, error.description)
        }
    }

    /// An error about an entry.
    func refuse(_ name: UnsafeBufferPointer<UInt8>, _ reason: String) -> TreeError {
        .entry(name: Array(name), reason: reason)
    }
}
