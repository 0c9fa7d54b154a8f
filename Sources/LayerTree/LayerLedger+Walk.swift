import LayerModel

extension LayerLedger {
    /// Walks a name's components after the first `count`, as an archive spells them, and stops before the last one.
    ///
    /// - Parameters:
    ///   - name: The name as the archive has it.
    ///   - creating: Whether a directory that is missing is made, and whatever stands in its way is replaced.
    ///   - body: Gets the directory that the last component lies in, and that component; an empty one for the root itself.
    /// - Returns: What the body gave, or nil when a directory on the way is missing and is not to be made.
    /// - Throws: `TreeError` for a name that is refused.
    mutating func resolve<R>(
        _ name: UnsafeBufferPointer<UInt8>,
        creating: Bool,
        _ body: (inout LayerLedger, NodeID, UnsafeBufferPointer<UInt8>) throws -> R
    ) throws -> R? {
        guard !name.isEmpty else { throw refuse(name, LayerPathError.empty.description) }
        guard name.count <= LayerPath.byteLimit else {
            throw refuse(name, LayerPathError.tooLong(Array(name)).description)
        }
        var directory = NodeID.root
        var hops = 0
        var start = 0
        var last = try nextComponent(of: name, from: &start)
        while let component = last, let following = try nextComponent(of: name, from: &start) {
            guard let next = try descend(from: directory, component, &hops, creating: creating, for: name) else {
                return nil
            }
            directory = next
            last = following
        }
        return try body(&self, directory, last ?? UnsafeBufferPointer(start: nil, count: 0))
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
            guard component.count <= LayerPath.componentByteLimit else {
                throw refuse(name, LayerPathError.componentTooLong([]).description)
            }
            return component
        }
        return nil
    }

    /// Goes one component down, through a symbolic link of this layer if there is one.
    mutating func descend(
        from directory: NodeID,
        _ component: UnsafeBufferPointer<UInt8>,
        _ hops: inout Int,
        creating: Bool,
        for name: UnsafeBufferPointer<UInt8>
    ) throws(TreeError) -> NodeID? {
        let found = child(component, in: directory)
        if let found, inodeID(at: found).isInode {
            switch inode(at: found).kind {
            case .directory: return found
            case .symbolicLink: return try follow(found, &hops, creating: creating, for: name)
            default: break
            }
        }
        guard creating else { return nil }
        let node = found ?? child(orNew: component, in: directory)
        makeImplied(node)
        return node
    }

    /// Follows a symbolic link to a directory, below the layer's root as below a changed root.
    private mutating func follow(
        _ link: NodeID,
        _ hops: inout Int,
        creating: Bool,
        for name: UnsafeBufferPointer<UInt8>
    ) throws(TreeError) -> NodeID? {
        hops += 1
        guard hops <= Self.linkLimit else { throw refuse(name, "too many levels of symbolic links") }
        let target = Array(target(of: inode(at: link)))
        var directory = target.first == UInt8(ascii: "/") ? NodeID.root : nodes[Int(link.index)].parent
        for component in target.split(separator: UInt8(ascii: "/")) {
            if component.elementsEqual([UInt8(ascii: ".")]) { continue }
            if component.elementsEqual([UInt8(ascii: "."), UInt8(ascii: ".")]) {
                directory = directory == .root ? .root : nodes[Int(directory.index)].parent
                continue
            }
            guard component.count <= LayerPath.componentByteLimit else {
                throw refuse(name, LayerPathError.componentTooLong([]).description)
            }
            let next: Result<NodeID?, TreeError> = component.withUnsafeBufferPointer { bytes in
                do throws(TreeError) {
                    return .success(try descend(from: directory, bytes, &hops, creating: creating, for: name))
                } catch {
                    return .failure(error)
                }
            }
            guard let reached = try next.get() else { return nil }
            directory = reached
        }
        return directory
    }

    /// Puts a directory that no entry describes at a node, in place of whatever stands there.
    mutating func makeImplied(_ node: NodeID) {
        discard(node)
        nodes[Int(node.index)].inode = add(LedgerInode(kind: .directory, mode: 0o755, isImplied: true))
        steps.append(.makeDirectory(node))
    }

    /// Frees a name and all below it.
    mutating func discard(_ node: NodeID) {
        var pending = [(node, false)]
        while let (current, isEmptied) = pending.popLast() {
            let inode = inodeID(at: current)
            if inode.isInode, inodes[Int(inode.index)].kind == .directory, !isEmptied {
                pending.append((current, true))
                var child = nodes[Int(current.index)].lastChild
                while !child.isNone {
                    if inodeID(at: child) != .vacant { pending.append((child, false)) }
                    child = nodes[Int(child.index)].nextSibling
                }
            } else {
                free(current, inode)
            }
        }
    }

    private mutating func free(_ node: NodeID, _ inode: InodeID) {
        nodes[Int(node.index)].inode = .vacant
        if inode == .whiteout { steps.append(.unlink(node)) }
        guard inode.isInode else { return }
        inodes[Int(inode.index)].nameCount -= 1
        let entry = inodes[Int(inode.index)]
        if entry.kind == .directory {
            steps.append(.removeDirectory(node))
        } else if entry.kind == .regular, entry.nameCount == 0, entry.byteCount > 0 {
            inodes[Int(inode.index)].isShadowed = true
            steps.append(.shadow(node, inode))
        } else {
            steps.append(.unlink(node))
        }
    }

    /// An error about an entry.
    func refuse(_ name: UnsafeBufferPointer<UInt8>, _ reason: String) -> TreeError {
        .entry(name: Array(name), reason: reason)
    }
}
