import LayerModel

/// What a layer takes from the layers below it.
extension LayerLedger {
    /// The directories that no entry describes, parents before what lies in them; the root is not among them.
    func impliedDirectories() -> [NodeID] {
        var found: [NodeID] = []
        for index in 1..<nodes.count {
            let node = NodeID(index: Int32(index))
            if isDirectory(node), inode(at: node).isImplied { found.append(node) }
        }
        return found
    }

    /// Takes the hard links that lead into lower layers, which the ledger then has no more, and the names of each.
    mutating func takeLowerLinks() -> [(link: LowerLink, names: [NodeID])] {
        guard !lowerLinks.isEmpty else { return [] }
        let links = lowerLinks
        lowerLinks = []
        var names: [InodeID: [NodeID]] = [:]
        for index in 0..<nodes.count {
            let inode = nodes[index].inode
            guard inode.isInode, inodes[inode].kind == .hardLink else { continue }
            names[inode, default: []].append(NodeID(index: Int32(index)))
        }
        return links.map { ($0, names[$0.inode] ?? []) }
    }

    /// Gives a directory that no entry describes the mode, owner, time and extended attributes that it has below.
    mutating func describe(_ node: NodeID, as found: IndexNode, of index: LayerIndex) {
        let id = inodeID(at: node)
        inodes[id].mode = found.mode
        attributes[id] = attributes(of: found, in: index)
    }

    /// Makes the target of a hard link into a lower layer a file of this layer, its content left out.
    mutating func copy(_ found: IndexNode, of index: LayerIndex, as id: InodeID, nameCount: Int) {
        guard let kind = found.kind else { return }
        var inode = LedgerInode(kind: kind, mode: found.mode)
        inode.byteCount = found.byteCount
        inode.device = found.device
        inode.nameCount = Int32(nameCount)
        let target = index.target(of: found)
        inode.setTarget(offset: store(Array(target)), byteCount: target.count)
        replace(id, inode, attributes(of: found, in: index))
    }

    private mutating func attributes(of found: IndexNode, in index: LayerIndex) -> InodeAttributes {
        var attributes = InodeAttributes()
        attributes.uid = found.uid
        attributes.gid = found.gid
        attributes.modificationTime = found.modificationTime
        attributes.extendedAttributes = add(index.extendedAttributes(of: found))
        return attributes
    }
}
