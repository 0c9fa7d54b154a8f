import LayerModel

extension LayerLedger {
    /// Looks at the markers, now that all entries are known, and clears AUFS's own things away.
    ///
    /// A marker hides only what lower layers bring (contracts L-62, L-70): a whiteout of a name that this layer has does nothing to a
    /// file and makes a directory opaque; below a directory that is hidden or opaque there is nothing left to hide.
    ///
    /// - Throws: `TreeError` for a marker whose name is refused.
    mutating func finish() throws(TreeError) {
        steps.removeAll()
        var hidden: [UInt32] = []
        for index in 0..<opaques.count { hidden.append(try locateMarked(opaques[index]) { $0.parent ?? .root }) }
        var removed: [UInt32] = []
        removed.reserveCapacity(whiteouts.count)
        for index in 0..<whiteouts.count {
            let place = whiteouts[index]
            let isMeant = !hasSymbolicLinkOnWay(to: marked(at: place))
            removed.append(isMeant ? place : try locateMarked(place) { $0 })
        }
        try checkLowerLinks(opaque: hidden, removed: removed)
        // Parents before what lies in them.
        sortPaths(&hidden)
        for place in hidden { try applyOpaque(marked(at: place)) }
        sortPaths(&removed)
        var last = WhiteoutDirectory()
        for place in removed { try applyWhiteout(marked(at: place), &last) }
        discardAUFS()
        forgetLowerDirectories()
    }

    /// The directory of the whiteout before: whiteouts come in the order of their paths, most in the directory of the last.
    private struct WhiteoutDirectory {
        var path = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        /// Nothing when there is nothing left to hide in it.
        var node: NodeID?
    }

    /// The path of a marker in the arena; valid as long as the ledger.
    private func marked(at place: UInt32) -> UnsafeBufferPointer<UInt8> {
        NodeTable.name(at: arena.pointer(to: Int(place)))
    }

    private func path(at place: UInt32) -> LayerPath {
        LayerPath(canonical: Array(marked(at: place)))
    }

    private func sortPaths(_ places: inout [UInt32]) {
        places.sort { left, right in
            marked(at: left).lexicographicallyPrecedes(marked(at: right))
        }
    }

    /// Where a marker's path leads, and which path is meant by that.
    private mutating func locateMarked(
        _ place: UInt32,
        _ meant: (LayerPath) -> LayerPath
    ) throws(TreeError) -> UInt32 {
        let written = path(at: place)
        let path = meant(try locate(written, for: marked(at: place)))
        return path == written ? place : UInt32(store(path.bytes))
    }

    private func checkLowerLinks(opaque: [UInt32], removed: [UInt32]) throws(TreeError) {
        guard !lowerLinks.isEmpty else { return }
        let opaque = Set(opaque.map { path(at: $0) })
        let removed = Set(removed.map { path(at: $0) })
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
        var child = nodes[.root].children
        while !child.isNone {
            if inodeID(at: child) != .vacant, Whiteout.isAUFSName(name(of: child)) { discard(child) }
            child = nodes[child].nextSibling
        }
    }

    private mutating func applyOpaque(_ path: UnsafeBufferPointer<UInt8>) throws(TreeError) {
        guard !path.isEmpty else {
            isRootOpaque = true
            return
        }
        // A file of this layer hides more than the marker would.
        guard firstOnWay(to: path, where: { !isDirectory($0) }) == nil else { return }
        try checkRoom(for: path)
        let directory = makeDirectories(to: path)
        inodes[inodeID(at: directory)].isOpaque = true
    }

    private mutating func applyWhiteout(
        _ path: UnsafeBufferPointer<UInt8>,
        _ last: inout WhiteoutDirectory
    ) throws(TreeError) {
        guard !path.isEmpty, !isRootOpaque else { return }
        let parent = PathComponents.directory(of: path)
        if last.path.baseAddress == nil || !last.path.elementsEqual(parent) {
            last = WhiteoutDirectory(path: parent, node: try directoryForWhiteouts(parent, of: path))
        }
        guard let directory = last.node else { return }
        try checkRoom(for: path)
        let name = UnsafeBufferPointer(rebasing: path[(parent.isEmpty ? 0 : parent.count + 1)...])
        let node = child(orNew: name, in: directory)
        if isDirectory(node) {
            let inode = inodeID(at: node)
            inodes[inode].isOpaque = true
            // The directory of that name below is gone: its attributes are not this one's.
            inodes[inode].isImplied = false
        } else if inodeID(at: node) == .vacant {
            nodes[node].inode = .whiteout
            steps.append(.makeWhiteout(node))
        }
    }

    /// The directory that whiteouts are to be put into, made if it is missing; nothing when there is nothing left to hide in it.
    private mutating func directoryForWhiteouts(
        _ path: UnsafeBufferPointer<UInt8>,
        of whiteout: UnsafeBufferPointer<UInt8>
    ) throws(TreeError) -> NodeID? {
        // Nothing of a lower layer can show below a whiteout, a file, or an opaque directory.
        let hiding = firstOnWay(to: path) { !isDirectory($0) || inode(at: $0).isOpaque }
        guard hiding == nil else { return nil }
        try checkRoom(for: whiteout)
        return makeDirectories(to: path, isForWhiteouts: true)
    }

    /// The first node of a path, from the top, that something stands at and that has a property.
    private func firstOnWay(to path: UnsafeBufferPointer<UInt8>, where isMeant: (NodeID) -> Bool) -> NodeID? {
        var directory = NodeID.root
        for component in PathComponents(path) {
            guard let node = child(component, in: directory), inodeID(at: node) != .vacant else { return nil }
            if isMeant(node) { return node }
            directory = node
        }
        return nil
    }

    /// Below an opaque directory there are no lower attributes that an implied one could take.
    private mutating func forgetLowerDirectories() {
        guard isRootOpaque || (0..<inodes.count).contains(where: { inodes[$0].isOpaque }) else { return }
        // A directory has its node before what lies in it has.
        var isHidden = ContiguousArray(repeating: isRootOpaque, count: nodes.count)
        for index in 1..<nodes.count {
            let parent = nodes[index].parent
            isHidden[index] = isHidden[Int(parent.index)] || isDirectory(parent) && inode(at: parent).isOpaque
            let inode = nodes[index].inode
            if isHidden[index], inode.isInode { inodes[inode].isImplied = false }
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
        for index in 0..<inodes.count where inodes[index].nameCount > 0 {
            statistics.treeByteCount += inodes[index].byteCount + Int64(inodes[index].targetByteCount)
        }
        for index in 1..<nodes.count where nodes[index].inode.isInode {
            let inode = inodes[nodes[index].inode]
            if inode.kind != .directory { statistics.fileCount += 1 }
            if inode.isImplied { statistics.isSelfContained = false }
        }
        return statistics
    }
}
