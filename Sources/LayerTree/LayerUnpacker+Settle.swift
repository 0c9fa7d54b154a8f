import LayerArchive
import LayerModel
import LayerSystem

extension LayerUnpacker {
    /// Takes from the layers below what this layer does not say itself.
    ///
    /// A directory that no entry describes gets the attributes that it has below (contract L-53); one that was made for markers alone
    /// and is not there below goes away again. A hard link into a lower layer becomes a copy of that file (L-82).
    ///
    /// - Parameter lowers: The layers below, the nearest first, all of them finished.
    /// - Throws: `TreeError.linkTargetMissing`, `SystemError`.
    package func settle(over lowers: [LowerLayer]) throws {
        for node in impliedDirectories() { try settle(node, over: lowers) }
        let links = ledger.lowerLinks
        ledger.lowerLinks = []
        for link in links { try copyUp(link, from: lowers) }
    }

    private func impliedDirectories() -> [NodeID] {
        var found: [NodeID] = []
        for index in ledger.nodes.indices.dropFirst() {
            let node = NodeID(index: Int32(index))
            if ledger.isDirectory(node), ledger.inode(at: node).isImplied { found.append(node) }
        }
        return found
    }

    private func settle(_ node: NodeID, over lowers: [LowerLayer]) throws {
        // An ancestor may have gone in the meantime.
        guard ledger.isDirectory(node) else { return }
        let path = ledger.path(of: node)
        if let (lower, found) = Self.find(path, in: lowers), found.kind == .directory {
            let index = Int(ledger.inodeID(at: node).index)
            ledger.inodes[index].mode = found.mode
            ledger.inodes[index].uid = found.uid
            ledger.inodes[index].gid = found.gid
            ledger.inodes[index].modificationTime = found.modificationTime
            let attributes = lower.index.extendedAttributes(of: found)
            if !attributes.isEmpty {
                ledger.inodes[index].extendedAttributes = Int32(ledger.attributeSets.count)
                ledger.attributeSets.append(attributes)
            }
        } else if holdsMarkersOnly(node), !ledger.inode(at: node).isOpaque {
            ledger.steps.removeAll(keepingCapacity: true)
            ledger.discard(node)
            try writer.perform(ledger)
        }
    }

    private func holdsMarkersOnly(_ node: NodeID) -> Bool {
        ledger.sortedChildren(of: node).allSatisfy { child in
            if ledger.inodeID(at: child) == .whiteout { return true }
            return ledger.isDirectory(child) && ledger.inode(at: child).isImplied
                && !ledger.inode(at: child).isOpaque && holdsMarkersOnly(child)
        }
    }

    private static func find(_ path: LayerPath, in lowers: [LowerLayer]) -> (LowerLayer, IndexNode)? {
        for lower in lowers {
            switch lower.look(up: path) {
            case .node(let node): return (lower, node)
            case .hidden: return nil
            case .unknown: continue
            }
        }
        return nil
    }

    private func copyUp(_ link: LayerLedger.LowerLink, from lowers: [LowerLayer]) throws {
        guard let (lower, found) = Self.find(link.target, in: lowers), let kind = found.kind, kind != .directory else {
            throw TreeError.linkTargetMissing(name: link.name, target: link.target.bytes)
        }
        var inode = LedgerInode(kind: kind, mode: found.mode, uid: found.uid, gid: found.gid)
        inode.modificationTime = found.modificationTime
        inode.byteCount = found.byteCount
        inode.device = found.device
        let attributes = lower.index.extendedAttributes(of: found)
        if !attributes.isEmpty {
            inode.extendedAttributes = Int32(ledger.attributeSets.count)
            ledger.attributeSets.append(attributes)
        }
        let target = Array(lower.index.target(of: found))
        let placement = try link.name.withUnsafeBufferPointer { name in
            try target.withUnsafeBufferPointer { try ledger.place(name, inode, target: $0) }
        }
        try writer.perform(ledger)
        guard case .created(let node, let id) = placement else { return }
        let made = ledger.inodes[Int(id.index)]
        guard kind == .regular else { return try writer.makeSpecial(node, made, ledger) }
        let file = try lower.tree.openFileInRoot(lower.index.path(of: lower.index.nodes[found.primary]).bytes)
        let source = FileRangeSource(file: file, offset: 0, byteCount: found.byteCount)
        ledger.inodes[Int(id.index)].contentDigest = try writer.makeFile(node, made, ledger) { body in
            var offset: Int64 = 0
            while true {
                let chunk = try source.nextChunk()
                if chunk.isEmpty { break }
                try body(chunk, offset)
                offset += Int64(chunk.count)
            }
        }
    }
}
