import LayerModel

extension LayerLedger {
    /// Looks at the markers, now that all entries are known, and clears AUFS's own things away.
    ///
    /// A marker hides only what lower layers bring (contracts L-62, L-70): a whiteout of a name that this layer has does nothing to a
    /// file and makes a directory opaque; below a directory that is hidden or opaque there is nothing left to hide.
    ///
    /// - Throws: `TreeError` for a marker whose name is refused.
    mutating func finish() throws {
        steps.removeAll(keepingCapacity: true)
        discardAUFS()
        for directory in opaques.sorted(by: Self.isShorter) { try applyOpaque(directory) }
        for path in whiteouts.sorted(by: Self.isShorter) { try applyWhiteout(path) }
    }

    /// Parents before what lies in them.
    private static func isShorter(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count < right.count
    }

    private mutating func discardAUFS() {
        for child in sortedChildren(of: .root) where Whiteout.isAUFSName(name(of: child)) { discard(child) }
    }

    private mutating func applyOpaque(_ name: [UInt8]) throws {
        try name.withUnsafeBufferPointer { bytes in
            _ = try resolve(bytes, creating: true) { ledger, directory, component in
                guard !component.isEmpty else {
                    ledger.isRootOpaque = true
                    return
                }
                var hops = 0
                let reached = try ledger.descend(from: directory, component, &hops, creating: true, for: bytes)
                if let reached { ledger.makeOpaque(reached) }
            }
        }
    }

    private mutating func makeOpaque(_ node: NodeID) {
        if node == .root {
            isRootOpaque = true
        } else {
            inodes[Int(inodeID(at: node).index)].isOpaque = true
        }
    }

    private mutating func applyWhiteout(_ path: [UInt8]) throws {
        let isHidden = try path.withUnsafeBufferPointer { try isBelowHidden($0) }
        guard !isHidden, !isRootOpaque else { return }
        try path.withUnsafeBufferPointer { bytes in
            _ = try resolve(bytes, creating: true) { ledger, directory, component in
                guard !component.isEmpty else { return }
                let node = ledger.child(orNew: component, in: directory)
                if ledger.isDirectory(node) {
                    ledger.makeOpaque(node)
                    // The directory of that name below is gone: its attributes are not this one's.
                    ledger.inodes[Int(ledger.inodeID(at: node).index)].isImplied = false
                } else if ledger.inodeID(at: node) == .vacant {
                    ledger.nodes[Int(node.index)].inode = .whiteout
                    ledger.steps.append(.makeWhiteout(node))
                }
            }
        }
    }

    /// Whether nothing of a lower layer can show at a path: a parent is whited out, opaque or no directory.
    private mutating func isBelowHidden(_ path: UnsafeBufferPointer<UInt8>) throws -> Bool {
        var directory = NodeID.root
        var hops = 0
        let components = path.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual([UInt8(ascii: ".")]) }
        for component in components.dropLast() {
            let name = UnsafeBufferPointer(rebasing: component)
            guard let node = child(name, in: directory), inodeID(at: node) != .vacant else { return false }
            if inodeID(at: node) == .whiteout { return true }
            switch inode(at: node).kind {
            case .directory, .symbolicLink:
                guard let next = try descend(from: directory, name, &hops, creating: false, for: path) else {
                    // A link to a directory that only lower layers may have.
                    return false
                }
                if inode(at: next).isOpaque { return true }
                directory = next
            default: return true
            }
        }
        return false
    }

    /// What the tree adds up to.
    ///
    /// - Parameter entryCount: How many entries the tar has.
    func statistics(entryCount: Int) -> LayerStatistics {
        var statistics = LayerStatistics()
        statistics.entryCount = entryCount
        statistics.isRootOpaque = isRootOpaque
        statistics.isSelfContained = lowerLinks.isEmpty
        for inode in inodes where inode.nameCount > 0 {
            switch inode.kind {
            case .regular: statistics.treeByteCount += inode.byteCount
            case .symbolicLink: statistics.treeByteCount += Int64(inode.targetByteCount)
            default: break
            }
        }
        for index in nodes.indices.dropFirst() where nodes[index].inode.isInode {
            let inode = inodes[Int(nodes[index].inode.index)]
            if inode.kind != .directory { statistics.fileCount += 1 }
            if inode.isImplied { statistics.isSelfContained = false }
        }
        return statistics
    }
}
