package import LayerModel
package import LayerSystem

extension LayerCheck {
    /// How many names one worker takes at a time.
    private static let chunkCount = 2048

    /// Looks whether nothing of a layer's tree was touched since its index was written: one call a name, on several threads.
    ///
    /// Kinds, sizes, times, modes and owners are compared; of the rest, other names and extended attributes, the times of change tell that they
    /// are as they were. In a tree that was copied these are new, and nothing can be said.
    ///
    /// - Parameters:
    ///   - tree: The layer's `tree/`.
    ///   - index: The layer's index.
    ///   - manner: What the disk can hold.
    ///   - finished: When the index was written, which is the last of a layer, by the clock of the file system.
    ///   - workers: How many threads.
    /// - Returns: Whether it is untouched; false says nothing: `faults(in:_:_:limit:)` tells more.
    package static func isUntouched(
        _ tree: Directory,
        _ index: LayerIndex,
        _ manner: Manner,
        since finished: Timestamp,
        workers: Int
    ) -> Bool {
        let chunks = (index.nodes.count + chunkCount - 1) / chunkCount
        do {
            try WorkerPool.run(workers: workers, jobs: chunks) { chunk in
                let start = chunk * chunkCount
                let nodes = start..<min(start + chunkCount, index.nodes.count)
                var glance = Glance(check: LayerCheck(tree, index, manner, 1), finished: finished)
                guard try nodes.allSatisfy({ try glance.isUntouched(index.nodes[$0]) }) else { throw Touched() }
            }
            return true
        } catch {
            // What cannot be looked at is looked at again, name by name, by who can say what is wrong.
            return false
        }
    }

    /// Ends the other workers.
    private struct Touched: Error {}

    /// One worker's look, which keeps the directories on its way open.
    private struct Glance {
        private static let depthLimit = 32

        let check: LayerCheck
        let finished: Timestamp
        private var opened: [(ordinal: Int, directory: Directory)] = []

        init(check: LayerCheck, finished: Timestamp) {
            self.check = check
            self.finished = finished
        }

        mutating func isUntouched(_ node: IndexNode) throws -> Bool {
            if node.isDevice, !check.manner.isExact { return true }
            let status = try status(of: node)
            guard status.changeTime <= finished else { return false }
            guard let kind = node.kind else {
                return status.isWhiteout || status.kind == .regular && status.byteCount == 0
            }
            guard status.kind == kind, kind != .regular || status.byteCount == node.byteCount else { return false }
            return check.hasAttributes(of: node, kind, status)
        }

        private mutating func status(of node: IndexNode) throws -> FileStatus {
            guard node.parent >= 0 else { return try check.tree.status() }
            let directory = try directory(node.parent)
            return try CName.lend(check.index.name(of: node)) { name throws(SystemError) in
                try directory.descriptor.status(name)
            }
        }

        /// Nodes come in the order of a walk, so that a directory mostly lies in the one that was opened last.
        private mutating func directory(_ ordinal: Int) throws(SystemError) -> Directory {
            if ordinal == 0 { return check.tree }
            let node = check.index.nodes[ordinal]
            while let last = opened.last, last.ordinal != ordinal, check.index.nodes[last.ordinal].depth >= node.depth {
                opened.removeLast()
            }
            if let last = opened.last, last.ordinal == ordinal { return last.directory }
            let isNext = opened.last?.ordinal == node.parent
            let directory =
                if isNext, let last = opened.last {
                    try last.directory.open(check.index.name(of: node))
                } else {
                    try check.tree.openInRoot(check.index.path(of: node).bytes)
                }
            // A deep tree must not take all descriptors.
            if opened.count == Self.depthLimit { opened.removeFirst() }
            opened.append((ordinal, directory))
            return directory
        }
    }
}
