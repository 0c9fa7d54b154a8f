import LayerArchive
import LayerModel
import LayerSystem

extension LayerUnpacker {
    /// Takes from the layers below what this layer does not say itself.
    ///
    /// A directory that no entry describes gets the attributes that it has below (contract L-53); one that was made for whiteouts alone
    /// and is not there below goes away again. A hard link into a lower layer becomes a copy of that file (L-82).
    ///
    /// - Parameter lowers: The layers below, the nearest first, all of them finished.
    /// - Throws: `TreeError.linkTargetMissing`, `SystemError`.
    package func settle(over lowers: [LowerLayer]) throws {
        for node in ledger.impliedDirectories() { try settle(node, over: lowers) }
        for (link, names) in ledger.takeLowerLinks() { try copyUp(link, to: names, from: lowers) }
    }

    private func settle(_ node: NodeID, over lowers: [LowerLayer]) throws {
        // An ancestor may have gone in the meantime.
        guard ledger.isDirectory(node) else { return }
        let path = ledger.path(of: node)
        if let (lower, found) = Self.find(path, in: lowers), found.kind == .directory {
            ledger.describe(node, as: found, of: lower.index)
        } else if ledger.inode(at: node).isForWhiteouts {
            ledger.steps.removeAll()
            ledger.discard(node)
            try writer.perform(ledger)
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

    /// Copies the target of a hard link up; the copy has no name when later entries have replaced them all.
    private func copyUp(_ link: LayerLedger.LowerLink, to names: [NodeID], from lowers: [LowerLayer]) throws {
        guard let (lower, found) = Self.find(link.target, in: lowers), let kind = found.kind, kind != .directory else {
            throw TreeError.linkTargetMissing(name: link.name, target: link.target.bytes)
        }
        guard let first = names.first else { return }
        ledger.copy(found, of: lower.index, as: link.inode, nameCount: names.count)
        if kind == .regular {
            let digest = try copyContent(of: found, in: lower, to: first)
            ledger.attributes[link.inode].contentDigest = digest
        } else {
            try writer.makeSpecial(first, ledger)
        }
        for name in names.dropFirst() { try writer.link(name, to: first, ledger) }
    }

    private func copyContent(
        of found: IndexNode,
        in lower: LowerLayer,
        to node: NodeID
    ) throws -> Int32 {
        let id = ledger.inodeID(at: node)
        let path = lower.index.path(of: lower.index.nodes[found.primary])
        let file = try lower.tree.openFileInRoot(path.bytes)
        return try writer.makeFile(node, ledger.inodes[id], ledger.attributes[id], ledger) { body in
            // Holes stay holes: a copy must not take room that the file does not.
            var position: Int64 = 0
            while position < found.byteCount, let start = try file.nextData(from: position), start < found.byteCount {
                let end = min(try file.nextHole(from: start), found.byteCount)
                let source = FileRangeSource(file: file, offset: start, byteCount: end - start)
                position = start
                while position < end {
                    let chunk = try source.nextChunk()
                    try body(chunk, position)
                    position += Int64(chunk.count)
                }
            }
        }
    }
}
