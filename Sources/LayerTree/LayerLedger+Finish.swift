import LayerModel

extension LayerLedger {
    /// Looks at the markers, now that all entries are known, and clears AUFS's own things away.
    ///
    /// A marker hides only what lower layers bring (contracts L-62, L-70): a whiteout of a name that this layer has does nothing to a
    /// file and makes a directory opaque; below a directory that is hidden or opaque there is nothing left to hide.
    ///
    /// - Throws: `TreeError` for a marker whose name is refused.
    mutating func finish() throws(TreeError) {
        steps.removeAll(keepingCapacity: true)
        var opaque: [LayerPath] = []
        for marker in opaques { opaque.append(try locateMarked(marker).parent ?? .root) }
        var removed: [LayerPath] = []
        for path in whiteouts { removed.append(try locateMarked(path)) }
        try checkLowerLinks(opaque: Set(opaque), removed: Set(removed))
        // Parents before what lies in them.
        for directory in opaque.sorted() { applyOpaque(directory) }
        for path in removed.sorted() { applyWhiteout(path) }
        discardAUFS()
        forgetLowerDirectories()
    }

    private func locateMarked(_ path: LayerPath) throws(TreeError) -> LayerPath {
        let result = path.bytes.withUnsafeBufferPointer { name in
            Result { () throws(TreeError) in try locate(path, for: name) }
        }
        return try result.get()
    }

    private func checkLowerLinks(opaque: Set<LayerPath>, removed: Set<LayerPath>) throws(TreeError) {
        for link in lowerLinks {
            var isHidden = removed.contains(link.target)
            var ancestor = link.target.parent
            while let path = ancestor, !isHidden {
                isHidden = removed.contains(path) || opaque.contains(path)
                ancestor = path.parent
            }
            if isHidden { throw .linkTargetMissing(name: link.name, target: link.target.bytes) }
        }
    }

    private mutating func discardAUFS() {
        for child in sortedChildren(of: .root) where Whiteout.isAUFSName(name(of: child)) { discard(child) }
    }

    private mutating func applyOpaque(_ path: LayerPath) {
        guard !path.isRoot else {
            isRootOpaque = true
            return
        }
        // A file of this layer hides more than the marker would.
        guard firstOnWay(to: path, where: { !isDirectory($0) }) == nil else { return }
        let directory = makeDirectories(to: path)
        inodes[Int(inodeID(at: directory).index)].isOpaque = true
    }

    private mutating func applyWhiteout(_ path: LayerPath) {
        guard let parent = path.parent, !isRootOpaque else { return }
        // Nothing of a lower layer can show below a whiteout, a file, or an opaque directory.
        let hiding = firstOnWay(to: parent) { !isDirectory($0) || inode(at: $0).isOpaque }
        guard hiding == nil else { return }
        let directory = makeDirectories(to: parent, isForWhiteouts: true)
        let node = path.name.withUnsafeBufferPointer { child(orNew: $0, in: directory) }
        if isDirectory(node) {
            inodes[Int(inodeID(at: node).index)].isOpaque = true
            // The directory of that name below is gone: its attributes are not this one's.
            inodes[Int(inodeID(at: node).index)].isImplied = false
        } else if inodeID(at: node) == .vacant {
            nodes[Int(node.index)].inode = .whiteout
            steps.append(.makeWhiteout(node))
        }
    }

    /// The first node of a path, from the top, that something stands at and that has a property.
    private func firstOnWay(to path: LayerPath, where isMeant: (NodeID) -> Bool) -> NodeID? {
        var directory = NodeID.root
        for component in path.components {
            guard let node = child(component, in: directory), inodeID(at: node) != .vacant else { return nil }
            if isMeant(node) { return node }
            directory = node
        }
        return nil
    }

    /// Below an opaque directory there are no lower attributes that an implied one could take.
    private mutating func forgetLowerDirectories() {
        guard isRootOpaque || inodes.contains(where: \.isOpaque) else { return }
        // A directory has its node before what lies in it has.
        var isHidden = ContiguousArray(repeating: isRootOpaque, count: nodes.count)
        for index in nodes.indices.dropFirst() {
            let parent = nodes[index].parent
            isHidden[index] =
                isHidden[Int(parent.index)] || isDirectory(parent) && inode(at: parent).isOpaque
            let inode = nodes[index].inode
            if isHidden[index], inode.isInode { inodes[Int(inode.index)].isImplied = false }
        }
    }

    /// What the tree adds up to.
    ///
    /// - Parameter entryCount: How many entries the tar has.
    /// - Returns: The sums; of a copy of a lower file only the name, until it is made.
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
