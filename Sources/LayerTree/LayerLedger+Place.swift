import LayerArchive
import LayerModel

extension LayerLedger {
    /// Takes an entry in that is no hard link.
    ///
    /// - Parameters:
    ///   - name: The name as the archive has it.
    ///   - inode: What it is.
    ///   - attributes: Its owner, its time and the like.
    ///   - target: A symbolic link's target; empty for other kinds.
    /// - Returns: What the entry became; `steps` says what is to be done on disk before.
    /// - Throws: `TreeError` that names the entry.
    mutating func place(
        _ name: UnsafeBufferPointer<UInt8>,
        _ inode: LedgerInode,
        _ attributes: InodeAttributes,
        target: UnsafeBufferPointer<UInt8>
    ) throws -> LedgerPlacement {
        steps.removeAll()
        if try noteMarker(name) { return .deferred }
        if inode.kind == .symbolicLink {
            guard !target.isEmpty else { throw refuse(name, "empty symlink target") }
            guard !target.contains(0) else { throw refuse(name, "bad symlink target: NUL byte") }
            guard target.count <= limits.linkByteCount else {
                throw refuse(name, .linkBytes, "bad symlink target: over \(limits.linkByteCount) bytes")
            }
        }
        if inode.kind == .characterDevice, inode.device == DeviceNumber(major: 0, minor: 0) {
            throw refuse(name, "character device 0:0 is reserved for overlay whiteouts")
        }
        let (directory, component) = try enter(name)
        return try place(component, in: directory, inode, attributes, target, for: name)
    }

    private mutating func place(
        _ component: UnsafeBufferPointer<UInt8>,
        in directory: NodeID,
        _ inode: LedgerInode,
        _ attributes: InodeAttributes,
        _ target: UnsafeBufferPointer<UInt8>,
        for name: UnsafeBufferPointer<UInt8>
    ) throws(TreeError) -> LedgerPlacement {
        if component.isEmpty {
            guard inode.kind == .directory else { throw refuse(name, "root of the layer is not a directory") }
            redescribe(.root, inode, attributes)
            return .directory(.root, isNew: false)
        }
        let node = child(orNew: component, in: directory)
        if inode.kind == .directory, isDirectory(node) {
            redescribe(node, inode, attributes)
            return .directory(node, isNew: false)
        }
        vacate(node)
        var entry = inode
        if inode.kind == .directory { entry.isOpaque = nodes[node].isReplaced }
        if inode.kind == .symbolicLink {
            entry.setTarget(offset: store(target), byteCount: target.count)
        }
        let id = add(entry, attributes)
        nodes[node].inode = id
        return inode.kind == .directory ? .directory(node, isNew: true) : .created(node, id)
    }

    private mutating func redescribe(_ node: NodeID, _ inode: LedgerInode, _ attributes: InodeAttributes) {
        let id = inodeID(at: node)
        var entry = inode
        entry.isOpaque = inodes[id].isOpaque
        replace(id, entry, attributes)
    }

    /// Takes a hard link in.
    ///
    /// - Parameters:
    ///   - name: The name as the archive has it.
    ///   - target: The other name, as the archive has it.
    /// - Returns: What the entry became.
    /// - Throws: `TreeError` that names the entry.
    mutating func link(
        _ name: UnsafeBufferPointer<UInt8>,
        to target: UnsafeBufferPointer<UInt8>
    ) throws -> LedgerPlacement {
        steps.removeAll()
        if try noteMarker(name) { return .deferred }
        let targetPath: LayerPath
        do throws(LayerPathError) {
            targetPath = try LayerPath(normalizing: target)
        } catch {
            throw refuse(name, "hardlink target: \(error)")
        }
        let located = try locate(targetPath, for: name)
        guard !located.isRoot else { throw refuse(name, "hardlink to a directory") }
        let found = try ownNode(at: located, for: name)
        if let found, isDirectory(found) { throw refuse(name, "hardlink to a directory") }
        let (directory, component) = try enter(name)
        guard !component.isEmpty else { throw refuse(name, "root of the layer is not a directory") }
        let node = child(orNew: component, in: directory)
        guard let found else { return try copyLater(located, to: node, for: name) }
        let inode = inodeID(at: found)
        // Making the way to the name may have replaced the target.
        guard inode.isInode, !isDirectory(found) else { throw refuse(name, "hardlink target is a parent of the link") }
        if inodeID(at: node) == inode { return .deferred }
        guard found == node || !path(of: found).isWithin(path(of: node)) else {
            throw refuse(name, "hardlink target lies below the link itself")
        }
        vacate(node)
        inodes[inode].nameCount += 1
        nodes[node].inode = inode
        // The copy of a lower file is not there yet: its further names are made with it.
        return inodes[inode].kind == .hardLink ? .deferred : .linked(node, to: found)
    }

    /// Finds what this layer has at a path without symbolic links, or nothing if the layers below are to be asked.
    private func ownNode(at path: LayerPath, for name: UnsafeBufferPointer<UInt8>) throws(TreeError) -> NodeID? {
        var node = NodeID.root
        var isHidden = false
        for component in path.components {
            if isDirectory(node), let next = child(component, in: node), inodeID(at: next).isInode {
                isHidden = isHidden || inode(at: node).isOpaque
                node = next
                continue
            }
            guard isDirectory(node), !isHidden, !inode(at: node).isOpaque else {
                throw .linkTargetMissing(name: Array(name), target: path.bytes)
            }
            return nil
        }
        return node
    }

    private mutating func copyLater(
        _ target: LayerPath,
        to node: NodeID,
        for name: UnsafeBufferPointer<UInt8>
    ) throws(TreeError) -> LedgerPlacement {
        let path = path(of: node)
        guard target == path || !target.isWithin(path) else {
            throw refuse(name, "hardlink target lies below the link itself")
        }
        vacate(node)
        let inode = add(LedgerInode(kind: .hardLink, mode: 0))
        nodes[node].inode = inode
        lowerLinks.append(LowerLink(name: Array(name), target: target, inode: inode))
        return .deferred
    }

    /// Keeps a marker for the end of the layer.
    ///
    /// - Returns: Whether the name is a marker.
    private mutating func noteMarker(_ name: UnsafeBufferPointer<UInt8>) throws(TreeError) -> Bool {
        var end = name.count
        while end > 0, name[end - 1] == UInt8(ascii: "/") { end -= 1 }
        var start = end
        while start > 0, name[start - 1] != UInt8(ascii: "/") { start -= 1 }
        let last = UnsafeBufferPointer(rebasing: name[start..<end])
        guard last.first == UInt8(ascii: "."), Whiteout.isMarker(last) else { return false }
        let directory = UnsafeBufferPointer(rebasing: name[..<start])
        if Whiteout.isOpaqueMarker(last) {
            opaques.append(try storePath(of: last, in: directory, for: name))
            return true
        }
        // AUFS kept its own things in the top directory under such names; they are entries until the end of the layer.
        let isTop = !name[..<start].contains { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ".") }
        if Whiteout.isAUFSName(last), isTop { return false }
        let hidden = last.dropFirst(Whiteout.prefix.count)
        switch hidden.count {
        case 0: throw refuse(name, "whiteout with an empty name")
        case 1 where hidden.first == UInt8(ascii: "."): throw refuse(name, "whiteout of '.'")
        case 2 where hidden.allSatisfy({ $0 == UInt8(ascii: ".") }): throw refuse(name, "whiteout of '..'")
        default:
            whiteouts.append(try storePath(of: UnsafeBufferPointer(rebasing: hidden), in: directory, for: name))
        }
        return true
    }

    /// Puts a path in canonical form into the arena.
    private mutating func storePath(
        of component: UnsafeBufferPointer<UInt8>,
        in directory: UnsafeBufferPointer<UInt8>,
        for name: UnsafeBufferPointer<UInt8>
    ) throws(TreeError) -> UInt32 {
        try checkRoom(for: name)
        var written: [UInt8] = []
        written.reserveCapacity(directory.count + component.count)
        written.append(contentsOf: directory)
        written.append(contentsOf: component)
        let path: LayerPath
        do throws(LayerPathError) {
            path = try LayerPath(normalizing: written)
        } catch {
            throw refuse(name, error.description)
        }
        try check(path, for: name)
        return UInt32(store(path.bytes))
    }
}
