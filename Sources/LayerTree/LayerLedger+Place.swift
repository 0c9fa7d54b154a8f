import LayerModel

extension LayerLedger {
    /// Takes an entry in that is no hard link.
    ///
    /// - Parameters:
    ///   - name: The name as the archive has it.
    ///   - inode: Its attributes.
    ///   - target: A symbolic link's target; empty for other kinds.
    /// - Returns: What the entry became; `steps` says what is to be done on disk before.
    /// - Throws: `TreeError` that names the entry.
    mutating func place(
        _ name: UnsafeBufferPointer<UInt8>,
        _ inode: LedgerInode,
        target: UnsafeBufferPointer<UInt8>
    ) throws -> LedgerPlacement {
        steps.removeAll(keepingCapacity: true)
        if try noteMarker(name) { return .deferred }
        if inode.kind == .symbolicLink {
            guard !target.isEmpty else { throw refuse(name, "empty symlink target") }
            guard !target.contains(0), target.count <= LayerPath.byteLimit else { throw refuse(name, "bad symlink target") }
        }
        if inode.kind == .characterDevice, inode.device == DeviceNumber(major: 0, minor: 0) {
            throw refuse(name, "character device 0:0 is reserved for overlay whiteouts")
        }
        let placement = try resolve(name, creating: true) { ledger, directory, component in
            try ledger.place(component, in: directory, inode, target, for: name)
        }
        guard let placement else { preconditionFailure("a walk that creates ends in a directory") }
        return placement
    }

    private mutating func place(
        _ component: UnsafeBufferPointer<UInt8>,
        in directory: NodeID,
        _ inode: LedgerInode,
        _ target: UnsafeBufferPointer<UInt8>,
        for name: UnsafeBufferPointer<UInt8>
    ) throws(TreeError) -> LedgerPlacement {
        if component.isEmpty {
            guard inode.kind == .directory else { throw refuse(name, "root of the layer is not a directory") }
            replaceAttributes(of: .root, inode)
            return .directory(.root, isNew: false)
        }
        let node = child(orNew: component, in: directory)
        if inode.kind == .directory, isDirectory(node) {
            replaceAttributes(of: node, inode)
            return .directory(node, isNew: false)
        }
        discard(node)
        var entry = inode
        if inode.kind == .symbolicLink {
            entry.targetOffset = store(target)
            entry.targetByteCount = target.count
        }
        let id = add(entry)
        nodes[Int(node.index)].inode = id
        return inode.kind == .directory ? .directory(node, isNew: true) : .created(node, id)
    }

    private mutating func replaceAttributes(of node: NodeID, _ inode: LedgerInode) {
        let index = Int(inodeID(at: node).index)
        var entry = inode
        entry.isOpaque = inodes[index].isOpaque
        inodes[index] = entry
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
        steps.removeAll(keepingCapacity: true)
        if try noteMarker(name) { return .deferred }
        let targetPath: LayerPath
        do throws(LayerPathError) {
            targetPath = try LayerPath(normalizing: target)
        } catch {
            throw refuse(name, "hardlink target: \(error)")
        }
        let found = try resolve(target, creating: false) { ledger, directory, component -> NodeID? in
            guard !component.isEmpty, let node = ledger.child(component, in: directory) else { return nil }
            return ledger.inodeID(at: node).isInode ? node : nil
        }
        guard let found = found ?? nil else {
            lowerLinks.append(LowerLink(name: Array(name), target: targetPath))
            return .deferred
        }
        guard !isDirectory(found) else { throw refuse(name, "hardlink to a directory") }
        let placement = try resolve(name, creating: true) { ledger, directory, component in
            try ledger.link(component, in: directory, to: found, for: name)
        }
        return placement ?? .deferred
    }

    private mutating func link(
        _ component: UnsafeBufferPointer<UInt8>,
        in directory: NodeID,
        to found: NodeID,
        for name: UnsafeBufferPointer<UInt8>
    ) throws(TreeError) -> LedgerPlacement {
        guard !component.isEmpty else { throw refuse(name, "root of the layer is not a directory") }
        let inode = inodeID(at: found)
        // Making the way to the name may have replaced the target.
        guard inode.isInode, !isDirectory(found) else { throw refuse(name, "hardlink target is a parent of the link") }
        let node = child(orNew: component, in: directory)
        if inodeID(at: node) == inode { return .deferred }
        var ancestor = found
        while ancestor != .root {
            guard ancestor != node else { throw refuse(name, "hardlink target lies below the link itself") }
            ancestor = nodes[Int(ancestor.index)].parent
        }
        discard(node)
        inodes[Int(inode.index)].nameCount += 1
        nodes[Int(node.index)].inode = inode
        return .linked(node, to: found)
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
        guard Whiteout.isMarker(last) else { return false }
        if Whiteout.isOpaqueMarker(last) {
            opaques.append(start == 0 ? [UInt8(ascii: ".")] : Array(name[..<start]))
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
        default: whiteouts.append(Array(name[..<start]) + Array(hidden))
        }
        return true
    }
}
